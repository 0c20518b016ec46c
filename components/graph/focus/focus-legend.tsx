import type { FocusMiddle, FocusRow } from "#lib/model/focus-answer.ts";
import type { MeasureUnit } from "#lib/model/measure-unit.ts";
import { EvidenceMark } from "../evidence.tsx";
import { formatAmount, scaleOf } from "./focus-words.ts";

/** What direction, lines and bars mean, and the keys. */
export function FocusLegend({ middle, unit }: { middle: FocusMiddle | undefined; unit: MeasureUnit }) {
  return (
    <div className="flex min-h-9 flex-wrap items-center gap-x-5 gap-y-1 border-t border-line bg-ground px-4 py-1.5 text-xs text-dim lg:sticky lg:bottom-0 lg:z-10">
      <span className="hidden text-ink lg:inline">Left needs it, right it needs</span>
      <span className="text-ink lg:hidden">Above needs it, below it needs</span>
      {listEvidence(middle).map((known) => (
        <EvidenceMark key={known} known={known} />
      ))}
      <Swatch colour="bg-self">itself</Swatch>
      <Swatch colour="bg-kept">it alone keeps</Swatch>
      <Swatch colour="bg-others">others need too</Swatch>
      <Scales middle={middle} unit={unit} />
      <span className="ml-auto hidden items-center gap-x-4 lg:flex">
        <Keys keys={["←", "→"]}>sides</Keys>
        <Keys keys={["↑", "↓"]}>rows</Keys>
        <Keys keys={["↵"]}>walk</Keys>
        <Keys keys={["⌫"]}>back</Keys>
        <Keys keys={["o", "m"]}>overview, map</Keys>
      </span>
    </div>
  );
}

/** The bars of the two sides may end at different sizes: the same length then means something else. */
function Scales({ middle, unit }: Parameters<typeof FocusLegend>[0]) {
  const [left, right] = [middle?.up, middle?.own].map((part) => (part?.rows.length ? scaleOf(part) : undefined));
  if (left === undefined || right === undefined || left === right) return null;
  return (
    <span data-tip="Each side has its own scale, printed above its bars.">
      full bar {formatAmount(left, unit)} <span className="max-lg:hidden">left</span>
      <span className="lg:hidden">above</span>, {formatAmount(right, unit)} <span className="max-lg:hidden">right</span>
      <span className="lg:hidden">below</span>
    </span>
  );
}

type Known = NonNullable<FocusRow["evidence"]>;

/** The kinds of evidence of the drawn lines. */
function listEvidence(middle: FocusMiddle | undefined): Known[] {
  const rows = [middle?.up, middle?.own, middle?.shared].flatMap((part) => part?.rows ?? []);
  return [...new Set(rows.flatMap(({ evidence }) => evidence ?? []))];
}

function Swatch({ colour, children }: { colour: string; children: string }) {
  return (
    <span className="flex items-center gap-2">
      <span aria-hidden className={`size-2.5 rounded-[2px] ${colour}`} />
      {children}
    </span>
  );
}

function Keys({ keys, children }: { keys: readonly string[]; children: string }) {
  return (
    <span className="flex items-center gap-1">
      {keys.map((key) => (
        <kbd
          key={key}
          className="grid h-5 min-w-5 place-items-center rounded-[4px] border border-line bg-raised px-1 font-sans text-2xs"
        >
          {key}
        </kbd>
      ))}
      <span className="ml-0.5">{children}</span>
    </span>
  );
}
