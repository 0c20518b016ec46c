import { MAX_SETS, MIN_SETS } from "#lib/model/rung.ts";
import type { SetPageName } from "./set-address.ts";

interface AskProps {
  readonly page: SetPageName;
  readonly count: number;
  readonly ask: (page: SetPageName) => void;
  readonly clear: () => void;
}

/** The questions about the selection, or what it lacks. */
export function Ask({ page, count, ask, clear }: AskProps) {
  const other = page === "compare" ? "savings" : "compare";
  const [main, second] = [askOf(page, count), askOf(other, count)];
  return (
    <div className="ml-auto flex flex-wrap items-center justify-end gap-2">
      <span role="status" className="text-right text-[0.8125rem] text-dim max-sm:basis-full">
        {main.lacks}
      </span>
      {count === 0 ? null : (
        <button type="button" onClick={clear} className="px-2 text-[0.8125rem] text-dim hover:text-ink">
          Clear
        </button>
      )}
      <button type="button" disabled={!second.isPossible} onClick={() => ask(other)} className="button">
        {second.label}
      </button>
      <button type="button" disabled={!main.isPossible} onClick={() => ask(page)} className="button main">
        {main.label}
      </button>
    </div>
  );
}

interface Question {
  /** What a button says. */
  readonly label: string;
  /** What the selection lacks, in words. */
  readonly lacks?: string;
  readonly isPossible: boolean;
}

/** What a page asks about this number of artifacts. */
export function askOf(page: SetPageName, count: number): Question {
  const [label, min] = page === "compare" ? (["Compare", MIN_SETS] as const) : (["Savings", 1] as const);
  if (count > MAX_SETS) return { label, lacks: `${MAX_SETS} at most; remove ${count - MAX_SETS}`, isPossible: false };
  if (count < min) {
    const lacks =
      count > 0 ? "Select at least one more." : `Select at least ${min === 1 ? "one artifact" : "two artifacts"}.`;
    return { label, lacks, isPossible: false };
  }
  if (page === "savings") return { label: `Savings of ${count}`, isPossible: true };
  return { label: count === 2 ? "Compare 2" : `What ${count} share`, isPossible: true };
}
