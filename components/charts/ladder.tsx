import { formatBytes, formatExactBytes } from "#lib/display/bytes.ts";
import { formatChange } from "#lib/display/delta.ts";
import type { RungFigure } from "#lib/model/answer.ts";

type LadderBar = Pick<RungFigure, "estimated"> & { readonly rung: string; readonly bytes: number };

interface LadderProps {
  /** From the coarsest grain to the finest. */
  readonly bars: readonly LadderBar[];
  readonly label: string;
}

const HEIGHT = 260;
/** A lower step has no figure beside it. */
const MIN_STEP = 15;

/**
 * A waterfall: one bar per rung, as high as the bytes still needed, and above it, outlined, the bytes that this rung saves over the
 * previous one. Estimated bars are hatched. The table below has the same data.
 */
export function LadderChart({ bars, label }: LadderProps) {
  const most = Math.max(1, ...bars.map(({ bytes }) => bytes));
  const heightOf = (bytes: number) => (HEIGHT * bytes) / most;
  return (
    <div role="img" aria-label={label}>
      <ol aria-hidden className="flex items-end border-b border-line-strong" style={{ height: HEIGHT + 20 }}>
        {bars.map((bar, i) => (
          <LadderStep key={bar.rung} bar={bar} before={bars[i - 1]} heightOf={heightOf} last={i === bars.length - 1} />
        ))}
      </ol>
      <ol aria-hidden className="flex">
        {bars.map(({ rung, bytes, estimated }) => (
          <li key={rung} className="min-w-0 flex-1 pt-1.5 text-center text-2xs leading-4 sm:text-xs">
            <span className="block truncate">{rung}</span>
            <span className="hidden text-2xs whitespace-nowrap text-dim sm:block">
              {estimated ? "≈ " : ""}
              {formatBytes(bytes)}
            </span>
          </li>
        ))}
      </ol>
    </div>
  );
}

interface LadderStepProps {
  readonly bar: LadderBar;
  readonly before: LadderBar | undefined;
  readonly heightOf: (bytes: number) => number;
  readonly last: boolean;
}

function LadderStep({ bar, before, heightOf, last }: LadderStepProps) {
  const height = heightOf(bar.bytes);
  const saved = before === undefined ? 0 : before.bytes - bar.bytes;
  const step = heightOf(Math.abs(saved));
  const tip = `${bar.rung}: ${bar.estimated ? "about " : ""}${formatExactBytes(bar.bytes)}`;
  return (
    <li className="relative min-w-0 flex-1" style={{ height: HEIGHT }} data-tip={tip}>
      {saved > 0 ? <Saved bottom={height} height={step} bytes={saved} against={before!.bytes} /> : null}
      <div
        className="absolute inset-x-[12%] bottom-0 overflow-hidden rounded-t-[2px] bg-accent"
        style={{ height: bar.bytes === 0 ? 0 : `max(2px, ${height}px)`, opacity: bar.estimated ? 0.75 : undefined }}
      >
        {bar.estimated ? <Hatching /> : null}
        {saved < 0 ? (
          <div className="absolute inset-x-0 top-0 bg-warn" style={{ height: `max(2px, ${step}px)` }} />
        ) : null}
      </div>
      {last ? null : (
        <div
          className="absolute left-[88%] w-[24%] border-t border-dashed border-line-strong"
          style={{ bottom: height }}
        />
      )}
    </li>
  );
}

function Saved({ bottom, height, bytes, against }: Record<"bottom" | "height" | "bytes" | "against", number>) {
  return (
    <div
      className="absolute inset-x-[12%] rounded-t-[2px] border border-b-0 border-dashed border-line-strong bg-wash"
      style={{ bottom, height }}
    >
      {height < MIN_STEP ? null : (
        <span className="absolute inset-0 grid place-items-center overflow-hidden text-2xs leading-3.5 sm:text-xs">
          <span className="text-center">
            <span className="hidden sm:inline">−{formatBytes(bytes)}</span>
            {height > 2 * MIN_STEP ? <br className="hidden sm:inline" /> : <span className="hidden sm:inline"> </span>}
            <span className={height > 2 * MIN_STEP ? "text-dim" : "text-dim sm:hidden"}>
              {formatChange(-bytes / against)}
            </span>
          </span>
        </span>
      )}
    </div>
  );
}

/** The sign of estimates, over any fill. */
function Hatching() {
  return (
    <svg width="100%" height="100%" aria-hidden="true" className="absolute inset-0">
      <rect width="100%" height="100%" fill="url(#hatch-light)" />
    </svg>
  );
}
