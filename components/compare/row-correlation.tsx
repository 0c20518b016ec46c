import { Correlation, columnPlaces } from "#components/charts/correlation.tsx";
import { scaleMarks } from "#components/charts/strata-geometry.ts";
import { Linked } from "#components/ui/linked.tsx";
import { ScrollBox } from "#components/ui/scroll-box.tsx";
import { Visible } from "#components/ui/visible.tsx";
import { formatBytes } from "#lib/display/bytes.ts";
import type { OverlapAnswer } from "#lib/model/answer.ts";
import { likeBands, overlapColumns } from "./columns.ts";

const HEIGHT = 300;
const MARGIN = 0.6;
const MARKS = 4;
/** A column and its gap are never narrower than this, in pixels: beyond four a phone scrolls. */
const LEAST_STEP = 84;

type RowAnswer = Pick<OverlapAnswer, "artifacts" | "cells" | "likeness">;

/** Any number of columns of strata on one ground, joined to their neighbours. */
export function RowCorrelation({ answer, names }: { answer: RowAnswer; names: readonly string[] }) {
  const columns = overlapColumns(answer);
  const { left, width } = columnPlaces(columns.length, MARGIN);
  const largest = Math.max(1, ...columns.map(({ bytes }) => bytes));
  return (
    <Linked>
      <ScrollBox label="Correlation of the columns">
        <div className="relative" style={{ minWidth: columns.length * LEAST_STEP }}>
          <Scale bytes={largest} />
          <div className="relative border-b border-line-strong">
            <Correlation
              columns={columns}
              likeness={likeBands(answer)}
              height={HEIGHT}
              margin={MARGIN}
              label="The artifacts as columns of strata, joined where they are the same. The tables below say the same."
            />
          </div>
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
        </div>
      </ScrollBox>
    </Linked>
  );
}

function Scale({ bytes }: { bytes: number }) {
  return (
    <div aria-hidden className="absolute inset-x-0 top-0" style={{ height: HEIGHT }}>
      {scaleMarks(bytes, MARKS).map((mark) => (
        <div key={mark} className="absolute inset-x-0 border-t border-line" style={{ bottom: (HEIGHT * mark) / bytes }}>
          <span className="absolute top-0.5 left-0 hidden text-2xs text-dim sm:block">
            {formatBytes(mark).replace(".0 ", " ")}
          </span>
        </div>
      ))}
    </div>
  );
}
