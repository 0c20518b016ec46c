import { X } from "lucide-react";
import Link from "next/link";

/** The cross at the corner of something opened: the address without it. `label`: what closes, for who cannot see where it stands. */
export function CloseLink({ href, label = "Close" }: { href: string; label?: string }) {
  return (
    <Link
      href={href}
      scroll={false}
      aria-label={label}
      className="-m-1 grid size-8 shrink-0 place-items-center rounded-md text-dim hover:bg-shade hover:text-ink"
    >
      <X aria-hidden size={16} />
    </Link>
  );
}
