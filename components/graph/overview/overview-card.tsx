import { formatBytes, formatCount } from "#lib/display/bytes.ts";
import { KIND_LABELS } from "#lib/display/colours.ts";
import { MEASURES } from "#lib/display/measures.ts";
import { labelText } from "#lib/display/shown-text.ts";
import { SIDES } from "#lib/display/sides.ts";
import type { MeasureUnit } from "#lib/model/measure-unit.ts";
import type { OverviewNode } from "#lib/model/overview.ts";
import type { Area } from "#lib/pictures/overview/placed.ts";
import { CardRow } from "../card-row.tsx";

const WIDTH = 252;
const HEIGHT = 200;
const MARGIN = 14;

interface OverviewCardProps {
  readonly node: OverviewNode;
  readonly unit: MeasureUnit;
  readonly rootCount: number;
  /** Pixels of the window: the boxes that are lit, and the window. */
  readonly lit: readonly Area[];
  readonly room: { readonly width: number; readonly height: number };
}

/** What is known of the node under the pointer, in the corner with the fewest lit boxes. */
export function OverviewCard({ node, unit, rootCount, lit, room }: OverviewCardProps) {
  const size = unit === "bytes" ? formatBytes : formatCount;
  const compared = node.side !== undefined;
  const [retained, closure] =
    unit === "bytes"
      ? ([MEASURES.retainedSize, MEASURES.closureSize] as const)
      : ([MEASURES.retainedCount, MEASURES.closureCount] as const);
  return (
    <div
      data-testid="overview-card"
      style={emptiestCorner(lit, room)}
      className="pointer-events-none absolute z-10 w-63 rounded-md border border-line bg-raised p-3 text-xs shadow-md"
    >
      <p className="mb-1 text-[0.8125rem] font-medium break-words">
        {labelText(node.name, 120)} <span className="font-normal text-dim">{labelText(node.version, 60)}</span>
      </p>
      <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-0.5">
        {compared ? (
          <CardRow name="Side">{SIDES[node.side!].label}</CardRow>
        ) : (
          <>
            <CardRow name="Kind">{KIND_LABELS[node.kind]}</CardRow>
            {unit === "bytes" ? <CardRow name={MEASURES.selfSize.label}>{size(node.selfSize)}</CardRow> : null}
            <CardRow name={retained.label}>{size(node.retainedSize)}</CardRow>
            <CardRow name={closure.label}>{size(node.closureSize)}</CardRow>
            <CardRow name="It alone keeps">
              {node.keptCount === 1 ? "1 node" : `${formatCount(node.keptCount)} nodes`}
            </CardRow>
          </>
        )}
        <CardRow name="Needed by">{formatCount(node.referrerCount)}</CardRow>
        <CardRow name="Needs">{formatCount(node.referenceCount)}</CardRow>
        <CardRow name="Reached from">
          {formatCount(node.reach)} of {formatCount(rootCount)} {rootCount === 1 ? "root" : "roots"}
        </CardRow>
      </dl>
    </div>
  );
}

/** Never over the pointed box, which is the first of the lit ones, if there is any other corner. */
function emptiestCorner(lit: readonly Area[], { width, height }: OverviewCardProps["room"]) {
  const corners = [
    { left: width - WIDTH - MARGIN, top: MARGIN },
    { left: width - WIDTH - MARGIN, top: height - HEIGHT - MARGIN },
    { left: MARGIN, top: MARGIN },
    { left: MARGIN, top: height - HEIGHT - MARGIN },
    { left: (width - WIDTH) / 2, top: MARGIN },
    { left: (width - WIDTH) / 2, top: height - HEIGHT - MARGIN },
  ];
  const covered = corners.map(({ left, top }) =>
    lit.reduce((sum, { x, y, width: w, height: h }, i) => {
      const across = Math.min(left + WIDTH, x + w) - Math.max(left, x);
      const down = Math.min(top + HEIGHT, y + h) - Math.max(top, y);
      return across > 0 && down > 0 ? sum + (i === 0 ? 1000 : 1) : sum;
    }, 0),
  );
  return corners[covered.indexOf(Math.min(...covered))]!;
}
