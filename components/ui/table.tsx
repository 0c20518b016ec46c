import Link from "next/link";
import type { ReactNode } from "react";
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
  readonly children: ReactNode;
  readonly sort: SortLink;
  /** What is sorted, for the arrow's name. */
  readonly what: string;
  readonly align?: Align;
  readonly className?: string;
}

/** A heading whose arrow sorts by the column. The order is part of the address. */
export function SortHeading({ children, sort, what, align = "left", className = "" }: SortHeadingProps) {
  const arrow = sort.direction === "asc" ? "↑" : "↓";
  const state = sort.direction === undefined ? undefined : sort.direction === "asc" ? "ascending" : "descending";
  return (
    <th scope="col" aria-sort={state} className={toClass(`group ${HEADING}`, align, className)}>
      <span className={`inline-flex items-center gap-1 ${align === "right" ? "flex-row-reverse" : ""}`}>
        {children}
        <Link
          href={sort.href}
          scroll={false}
          aria-label={`Sort by ${what}`}
          className={`-m-1 inline-grid size-6 place-items-center rounded-sm hover:text-accent ${
            sort.direction === undefined
              ? "[@media(hover:hover)]:opacity-0 group-hover:opacity-100 focus-visible:opacity-100"
              : "text-ink"
          }`}
        >
          <span aria-hidden>{arrow}</span>
        </Link>
      </span>
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
        {href === undefined ? null : (
          <>
            {" · "}
            <Link href={href} scroll={false} className="text-link">
              Show more
            </Link>
          </>
        )}
      </td>
    </tr>
  );
}
