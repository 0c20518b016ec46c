import Link from "next/link";
import type { ReactNode } from "react";

export interface Chip {
  readonly key: string;
  readonly href: string;
  readonly chosen: boolean;
  readonly label: ReactNode;
}

/** Filters, any of which may be on. Each is a link: the choice is part of the URL. */
export function Chips({ label, chips }: { label: string; chips: readonly Chip[] }) {
  return (
    <nav aria-label={label} className="flex flex-wrap gap-1">
      {chips.map(({ key, href, chosen, label: text }) => (
        <Link
          key={key}
          href={href}
          scroll={false}
          aria-current={chosen ? "true" : undefined}
          className={`inline-flex h-7 items-center gap-1.5 rounded-md px-2 text-[0.8125rem] ${
            chosen ? "bg-wash text-accent" : "text-dim hover:bg-shade hover:text-ink"
          }`}
        >
          {text}
        </Link>
      ))}
    </nav>
  );
}
