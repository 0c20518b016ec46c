import { Correlation, columnPlaces, type DrawnColumn } from "#components/charts/correlation.tsx";
import { scaleMarks } from "#components/charts/strata-geometry.ts";
import { Linked } from "#components/ui/linked.tsx";
import { ScrollBox } from "#components/ui/scroll-box.tsx";
import { Visible } from "#components/ui/visible.tsx";
import { formatBytes } from "#lib/display/bytes.ts";
import type { OverlapAnswer } from "#lib/model/answer.ts";
import { orderColumns } from "./column-order.ts";
import { overlapColumns } from "./columns.ts";
import { condenseColumns } from "./condense-columns.ts";
import { orderedBands } from "./like-bands.ts";

const HEIGHT = 300;
/** Above the picture, for the figure of a mark at its very top. */
const HEADROOM = 18;
const MARGIN = 0.6;
const MARKS = 4;
/** A column and its gap are never narrower than this, in pixels: beyond four a phone scrolls. */
const LEAST_STEP = 84;

type RowAnswer = Pick<OverlapAnswer, "artifacts" | "cells" | "likeness">;

/** Any number of columns of strata on one ground, joined to their neighbours; those with a common base side by side. */
export function RowCorrelation({ answer, names }: { answer: RowAnswer; names: readonly string[] }) {
  const asked = overlapColumns(answer);
  const order = orderColumns(asked);
  const { columns, likeness } = condenseColumns({
    columns: order.map((column) => asked[column]!),
    likeness: orderedBands(answer, order),
  });
  const largest = Math.max(1, ...columns.map(({ bytes }) => bytes));
  return (
    <Linked className="grid grid-cols-[3.25rem_minmax(0,1fr)] sm:grid-cols-[4rem_minmax(0,1fr)]">
      <Scale bytes={largest} />
      <div className="fade-edges min-w-0">
        <ScrollBox label="Correlation of the columns">
          <div className="relative" style={{ minWidth: columns.length * LEAST_STEP, paddingTop: HEADROOM }}>
            <Lines bytes={largest} />
            <div className="relative border-b border-line-strong">
              <Correlation
                columns={columns}
                likeness={likeness}
                height={HEIGHT}
                margin={MARGIN}
                label="The artifacts as columns of strata, those with a common base side by side, joined where they are the same. The tables below say the same."
              />
            </div>
            <Names columns={columns} names={order.map((column) => names[column]!)} />
          </div>
        </ScrollBox>
      </div>
    </Linked>
  );
}

function Names({ columns, names }: { columns: readonly DrawnColumn[]; names: readonly string[] }) {
  const { left, width } = columnPlaces(columns.length, MARGIN);
  return (
    <ol className="relative mt-2 h-14">
      {columns.map(({ bytes }, i) => (
        <li
          key={names[i]}
          className="absolute -translate-x-1/2 text-center text-xs leading-4"
          style={{ left: `${(100 * (left(i) + 50)) / width}%`, width: `${96 / columns.length}%` }}
        >
          <span className="line-clamp-2 font-medium break-words">
            <Visible text={names[i]!} />
          </span>
          <span className="block text-2xs text-dim">{formatBytes(bytes)}</span>
        </li>
      ))}
    </ol>
  );
}

/** The scale's figures in a column of their own: no stratum covers them, and they stay where the picture scrolls. */
function Scale({ bytes }: { bytes: number }) {
  return (
    <div aria-hidden className="relative z-10 bg-ground" style={{ height: HEIGHT, marginTop: HEADROOM }}>
      {scaleMarks(bytes, MARKS).map((mark) => (
        <div key={mark} className="absolute inset-x-0 border-t border-line" style={{ bottom: (HEIGHT * mark) / bytes }}>
          <span className="absolute bottom-0 left-0 text-2xs whitespace-nowrap text-dim">
            {formatBytes(mark).replace(".0 ", " ")}
          </span>
        </div>
      ))}
    </div>
  );
}

function Lines({ bytes }: { bytes: number }) {
  return (
    <div aria-hidden className="absolute inset-x-0" style={{ top: HEADROOM, height: HEIGHT }}>
      {scaleMarks(bytes, MARKS).map((mark) => (
        <div
          key={mark}
          className="absolute inset-x-0 border-t border-line"
          style={{ bottom: (HEIGHT * mark) / bytes }}
        />
      ))}
    </div>
  );
}
