import Link from "next/link";
import { CloseLink } from "#components/ui/close-link.tsx";
import { RowLink } from "#components/ui/maybe-link.tsx";
import { CsvLink } from "#components/ui/section.tsx";
import { firstDirection, type SortLink, sortLinks } from "#components/ui/sort-links.ts";
import { formatCount } from "#lib/display/bytes.ts";
import { labelText } from "#lib/display/shown-text.ts";
import type { FocusListing, FocusRest } from "#lib/model/focus-answer.ts";
import type { MeasureUnit } from "#lib/model/measure-unit.ts";
import { HEIGHTS } from "#lib/pictures/focus/place-focus.ts";
import type { GraphState } from "../graph-address.ts";
import { closeListAddress, csvAddress, orderAddress, pageAddress } from "./focus-address.ts";
import { FocusRowLink, ROW_COLUMNS } from "./focus-row.tsx";
import { classWords } from "./focus-words.ts";

interface ListingProps {
  readonly listing: FocusListing;
  readonly rest: FocusRest | undefined;
  readonly state: GraphState;
  readonly unit: MeasureUnit;
  readonly kinds: boolean;
}

/** The opened members of a part, page by page. */
export function FocusListed({ listing, rest, state, unit, kinds }: ListingProps) {
  const { part, rows, count, page, pageCount } = listing;
  const scale = Math.max(1, ...rows.map(({ node }) => node.retainedSize));
  const sort = state.sort === "name" ? "name" : "retained";
  const direction = state.direction ?? firstDirection(sort);
  const sortBy = sortLinks({ sort, direction }, (key, next) => orderAddress(state, key, next));
  const from = page * (rows.length === 0 ? 0 : Math.ceil(count / pageCount));
  return (
    <section aria-label="Listed" data-listing="" className="scroll-mt-84 border-t border-line">
      <div className="flex items-center justify-between gap-3 text-[0.8125rem]" style={{ height: HEIGHTS.more }}>
        <h3 className="min-w-0 truncate text-dim">
          <span className="font-medium text-ink">{formatCount(count)}</span> {whichWords(state, rest, unit)}
        </h3>
        <span className="flex shrink-0 items-center gap-3">
          {pageCount > 1 ? <Pages state={state} page={page} pageCount={pageCount} /> : null}
          <CsvLink href={csvAddress(state)} />
          <CloseLink href={closeListAddress(state)} label="Close the list" />
        </span>
      </div>
      <div className={`${ROW_COLUMNS} text-xs text-dim`} style={{ height: HEIGHTS.axis }}>
        <OrderLink sortBy={sortBy("name")}>name</OrderLink>
        <span />
        <span className="text-right">
          <OrderLink sortBy={sortBy("retained")}>{unit === "bytes" ? "retained" : "keeps"}</OrderLink>
        </span>
      </div>
      <ol start={from + 1}>
        {rows.map((row) => (
          <FocusRowLink
            key={row.node.nodeIndex}
            row={row}
            part={part}
            state={state}
            unit={unit}
            scale={scale}
            kinds={kinds}
          />
        ))}
      </ol>
    </section>
  );
}

function OrderLink({ sortBy: { href, direction }, children }: { sortBy: SortLink; children: string }) {
  return (
    <Link
      href={href}
      scroll={false}
      prefetch={false}
      aria-current={direction === undefined ? undefined : "true"}
      aria-label={`${children}, ${orderWords(direction)}`}
      className="sort-link"
    >
      {children} <span aria-hidden>{direction === "asc" ? "↑" : direction === "desc" ? "↓" : ""}</span>
    </Link>
  );
}

function orderWords(direction: SortLink["direction"]): string {
  if (direction === undefined) return "not sorted";
  return direction === "asc" ? "ascending" : "descending";
}

function Pages({ state, page, pageCount }: { state: GraphState; page: number; pageCount: number }) {
  return (
    <>
      {page === 0 ? null : (
        <RowLink href={pageAddress(state, page - 1)} className="text-link">
          Previous
        </RowLink>
      )}
      <span className="text-dim">
        page {formatCount(page + 1)} of {formatCount(pageCount)}
      </span>
      {page + 1 === pageCount ? null : (
        <RowLink href={pageAddress(state, page + 1)} className="text-link">
          Next
        </RowLink>
      )}
    </>
  );
}

/** Which members these are. */
function whichWords(state: GraphState, rest: FocusRest | undefined, unit: MeasureUnit): string {
  const text = state.list === undefined ? [state.up, state.own, state.shared].find((typed) => typed !== "") : undefined;
  if (text !== undefined) return labelText(`with “${text}” in the name`);
  if (state.family !== undefined) return labelText(`named ${state.family}`);
  const bounds = state.class === undefined ? undefined : rest?.classes[state.class];
  return bounds === undefined ? "in all" : `more of ${classWords(bounds, unit)}`;
}
