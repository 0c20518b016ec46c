import type { ReactNode } from "react";
import { RowLink } from "#components/ui/maybe-link.tsx";
import { MeasureLabel } from "#components/ui/measure.tsx";
import { formatCount } from "#lib/display/bytes.ts";
import type { FocusListing, FocusPart, FocusPartName } from "#lib/model/focus-answer.ts";
import type { MeasureUnit } from "#lib/model/measure-unit.ts";
import { HEIGHTS } from "#lib/pictures/focus/place-focus.ts";
import type { GraphState } from "../graph-address.ts";
import { listAddress } from "./focus-address.ts";
import { FocusListed } from "./focus-listing.tsx";
import { FocusRestBlock } from "./focus-rest.tsx";
import { FocusRowLink, ROW_COLUMNS } from "./focus-row.tsx";
import { formatAmount, scaleOf } from "./focus-words.ts";

interface SideProps {
  readonly side: "up" | "down";
  readonly title: string;
  readonly note: string;
  readonly top: number;
  readonly children: ReactNode;
}

/** One side of the node in the middle. */
export function FocusSideColumn({ side, title, note, top, children }: SideProps) {
  return (
    <section
      aria-label={title}
      data-side={side}
      className="min-w-0 lg:pt-(--top)"
      style={{ "--top": `${top}px` } as object}
    >
      <h2 className="truncate text-sm leading-8 font-medium" style={{ height: HEIGHTS.heading }}>
        {title} <span className="ml-1 text-[0.8125rem] font-normal text-dim">{note}</span>
      </h2>
      {children}
    </section>
  );
}

interface PartProps {
  readonly part: FocusPart;
  readonly name: FocusPartName;
  /** Above the names. */
  readonly heading: ReactNode;
  readonly listing: FocusListing | undefined;
  readonly state: GraphState;
  readonly unit: MeasureUnit;
  readonly kinds: boolean;
}

/** Rows of what needs the node on a narrow screen, where the node itself is below them. */
const NARROW_ROWS = 4;

/** A ranked list with its axis, and what it leaves out. */
export function FocusPartBlock({ part, name, heading, listing, state, unit, kinds }: PartProps) {
  const brief = listing === undefined;
  const cut = brief && name === "up" ? NARROW_ROWS : Number.POSITIVE_INFINITY;
  const scale = scaleOf(part);
  return (
    <div className={name === "up" ? "lg:pb-(--gap)" : "pb-(--gap)"} style={{ "--gap": `${HEIGHTS.gap}px` } as object}>
      <div className={`${ROW_COLUMNS} text-xs text-dim`} style={{ height: HEIGHTS.axis }}>
        <span className={`truncate ${name === "shared" ? "col-span-2" : ""}`}>{heading}</span>
        {name === "shared" ? null : (
          <span className="flex justify-between">
            <span>0</span>
            <span>{formatAmount(scale, unit).replace(/ components?$/, "")}</span>
          </span>
        )}
        <span className="text-right whitespace-nowrap">
          <MeasureLabel name={unit === "bytes" ? "retainedSize" : "retainedCount"}>
            {unit === "bytes" ? "retained" : "keeps"}
          </MeasureLabel>{" "}
          <span aria-hidden>↓</span>
        </span>
      </div>
      <ul>
        {part.rows.map((row, i) => (
          <FocusRowLink
            wide={i >= cut}
            key={row.node.nodeIndex}
            row={row}
            part={name}
            state={state}
            unit={unit}
            scale={scale}
            kinds={kinds}
          />
        ))}
      </ul>
      {part.rows.length > cut ? <NarrowRest part={part} cut={cut} state={state} /> : null}
      <FocusRestBlock
        part={part}
        name={name}
        state={state}
        unit={unit}
        brief={brief}
        replaced={part.rows.length > cut}
      />
      {listing === undefined ? null : (
        <FocusListed listing={listing} rest={part.rest} state={state} unit={unit} kinds={kinds} />
      )}
    </div>
  );
}

/** On a narrow screen: the number of all members below the first rows. */
function NarrowRest({ part, cut, state }: { part: FocusPart; cut: number; state: GraphState }) {
  const shown = part.rows.slice(0, cut).reduce((sum, { family }) => sum + (family?.count ?? 1), 0);
  return (
    <p className="flex items-center justify-between text-[0.8125rem] lg:hidden" style={{ height: HEIGHTS.more }}>
      <span className="font-medium">+{formatCount(part.count - shown)} more</span>
      <RowLink href={listAddress(state, "up")} className="text-link">
        List all
      </RowLink>
    </p>
  );
}
