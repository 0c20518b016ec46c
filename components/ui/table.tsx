import Link from "next/link";
import type { ReactNode } from "react";
import { MEASURES, type MeasureName } from "#lib/display/measures.ts";
import { ScrollBox } from "./scroll-box.tsx";

/** A table that scrolls sideways on a narrow page, also by keyboard. */
export function TableFrame({ label, children }: { label: string; children: ReactNode }) {
  return (
    <ScrollBox label={label}>
      <table className="w-full border-separate border-spacing-0 text-[0.8125rem]">{children}</table>
    </ScrollBox>
  );
}

type Align = "left" | "right";

// Short names, defined in globals.css: a page of a thousand cells contains each class twice, as markup and for React.
const HEADING = "heading";
const CELL = "cell";

export function Heading({
  children,
  align = "left",
  className = "",
}: {
  children?: ReactNode;
  align?: Align;
  className?: string;
}) {
  return (
    <th scope="col" className={toClass(HEADING, align, className)}>
      {children}
    </th>
  );
}

export function Cell({
  children,
  align = "left",
  className = "",
}: {
  children?: ReactNode;
  align?: Align;
  className?: string;
}) {
  return <td className={toClass(CELL, align, className)}>{children}</td>;
}

function toClass(base: string, align: Align, more: string): string {
  return [base, align === "right" ? "text-right" : "", more].filter((part) => part !== "").join(" ");
}

export interface SortLink {
  readonly href: string;
  /** The column's current order, if it is sorted. */
  readonly direction: "asc" | "desc" | undefined;
}

interface SortHeadingProps {
  /** The column's name; default: the measure's. */
  readonly children?: ReactNode;
  readonly sort: SortLink;
  /** What the column shows: its definition appears on hover. */
  readonly measure?: MeasureName | undefined;
  readonly align?: Align;
  readonly className?: string;
}

/** A heading that sorts by its column. The order is part of the URL. */
export function SortHeading({ children, sort, measure, align = "left", className = "" }: SortHeadingProps) {
  const arrow = sort.direction === "asc" ? "↑" : "↓";
  const state = sort.direction === undefined ? undefined : sort.direction === "asc" ? "ascending" : "descending";
  const shown = measure === undefined ? undefined : MEASURES[measure];
  return (
    <th scope="col" aria-sort={state} className={toClass(HEADING, align, className)}>
      <Link
        href={sort.href}
        scroll={false}
        prefetch={false}
        data-tip={shown?.definition}
        className={`sort-link ${align === "right" ? "flex-row-reverse" : ""} ${state === undefined ? "" : "text-ink"}`}
      >
        <span className="sr-only">Sort by </span>
        <span className={shown === undefined ? undefined : "measure-name"}>{children ?? shown?.label}</span>
        <span aria-hidden className={state === undefined ? "opacity-0" : ""}>
          {arrow}
        </span>
      </Link>
    </th>
  );
}

/** The last row of a cut list: how much is missing, and a link to more. */
export function CutRow({
  columns,
  children,
  href,
}: {
  columns: number;
  children: ReactNode;
  href?: string | undefined;
}) {
  return (
    <tr>
      <td colSpan={columns} className="h-9 text-dim">
        {children}
        <MoreLink href={href} />
      </td>
    </tr>
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
