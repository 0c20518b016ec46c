import type { FocusMiddle, FocusRow } from "#lib/model/focus-answer.ts";
import { EvidenceMark } from "../evidence.tsx";

/** What direction, lines and bars mean, and the keys. */
export function FocusLegend({ middle }: { middle: FocusMiddle | undefined }) {
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
