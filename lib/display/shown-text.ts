import { cutText } from "#lib/model/cut-text.ts";
import { type TextRun, visibleRuns } from "./visible-text.ts";

/** Maximum UTF-16 units of an artifact's text on a page: enough for nearly all paths and versions. */
const MAX_SHOWN = 400;

/** Maximum number of marked hidden characters in a text. Each is a separate element, so a text made of them is cut here. */
const MAX_MARKED = 8;

/**
 * An artifact's text for attributes, titles and labels: hidden characters escaped, and cut. All text
 * from inputs reaches attributes through this function.
 */
export function labelText(text: string, max = MAX_SHOWN): string {
  return shownRuns(text, max)
    .map((run) => (run.hidden ? `⟨${run.text}⟩` : run.text))
    .join("");
}

/** The same as runs for the text of a page; a cut text says how much is missing. */
export function shownRuns(text: string, max = MAX_SHOWN): TextRun[] {
  const runs = visibleRuns(cutText(text, max));
  const places = runs.flatMap(({ hidden }, place) => (hidden ? [place] : []));
  const end = places[MAX_MARKED];
  if (end === undefined) return runs;
  const rest = text.length - unitsOf(runs.slice(0, end));
  return [...runs.slice(0, end), { text: `… (${rest.toLocaleString("en-US")} more characters)`, hidden: false }];
}

/** Number of UTF-16 units of the original in these runs. */
function unitsOf(runs: readonly TextRun[]): number {
  return runs.reduce((sum, { text, hidden }) => sum + (hidden ? spelledUnits(text) : text.length), 0);
}

/** `U+1F389` is two units, `U+202E` is one. */
function spelledUnits(spelled: string): number {
  return spelled.length > "U+FFFF".length ? 2 : 1;
}
