import Link from "next/link";

export interface SortLink {
  readonly href: string;
  /** The column's current order, if it is sorted. */
  readonly direction: "asc" | "desc" | undefined;
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
