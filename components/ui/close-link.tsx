import { X } from "lucide-react";
import Link from "next/link";

/** The cross that closes an opened part: the URL without it. `label`: what closes, for screen readers. */
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
