import Link from "next/link";
import type { ReactNode } from "react";
import { MEASURES, type MeasureName } from "#lib/display/measures.ts";
import { ScrollBox } from "./scroll-box.tsx";

/** A table that scrolls sideways inside itself where the page is narrow, reachable by keyboard. */
export function TableFrame({ label, children }: { label: string; children: ReactNode }) {
  return (
    <ScrollBox label={label}>
      <table className="w-full border-separate border-spacing-0 text-[0.8125rem]">{children}</table>
    </ScrollBox>
  );
}

type Align = "left" | "right";

// Short names, defined in globals.css: a page of a thousand cells holds each class twice, as markup and for React.
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
  /** How the column is sorted now, if it is. */
  readonly direction: "asc" | "desc" | undefined;
}

interface SortHeadingProps {
  /** The column's name; the measure's own where it has one. */
  readonly children?: ReactNode;
  readonly sort: SortLink;
  /** What the column shows: its definition is one hover away. */
  readonly measure?: MeasureName | undefined;
  readonly align?: Align;
  readonly className?: string;
}

/** A heading that sorts by its column. The order is part of the address. */
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

/** The last row of a list that was cut: how much is not shown, and the way to more. */
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

/** The way to more of a list, after what is said of the rest of it. */
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
