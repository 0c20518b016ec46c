import Link from "next/link";
import type { ReactNode } from "react";

interface SectionProps {
  readonly id: string;
  readonly title: string;
  /** Beside the title: counts, sums. */
  readonly note?: ReactNode;
  /** At the right: filters, downloads. */
  readonly tools?: ReactNode;
  readonly children: ReactNode;
}

/** One titled part of a page, with an anchor. */
export function Section({ id, title, note, tools, children }: SectionProps) {
  return (
    <section aria-labelledby={id} className="mt-12">
      <div className="mb-3 flex flex-wrap items-baseline justify-between gap-x-6 gap-y-2">
        <h2 id={id} className="text-base font-medium tracking-tight">
          <a href={`#${id}`} className="hover:text-accent">
            {title}
          </a>
          {note === undefined ? null : (
            <span className="ml-2.5 text-[0.8125rem] font-normal tracking-normal text-dim">{note}</span>
          )}
        </h2>
        {tools === undefined ? null : (
          <div className="flex flex-wrap items-center gap-x-4 gap-y-2 text-[0.8125rem]">{tools}</div>
        )}
      </div>
      {children}
    </section>
  );
}

/** A plain link to the section's rows as a file. */
export function CsvLink({ href }: { href: string }) {
  return (
    <a href={href} download className="text-dim hover:text-accent">
      CSV
    </a>
  );
}

/** The link to more rows of a list, after the note about the rest. */
export function MoreLink({ href }: { href: string | undefined }) {
  if (href === undefined) return null;
  return (
    <>
      {" · "}
      <Link href={href} scroll={false} className="text-link">
        Show more
      </Link>
    </>
  );
}
