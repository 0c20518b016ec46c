import { cutText } from "#lib/model/cut-text.ts";
import { type TextRun, visibleRuns, visibleText } from "./visible-text.ts";

/** What a page shows of one text of an artifact, in UTF-16 units: nearly every path and version to its end. */
const MAX_SHOWN = 400;

/** Hidden characters that a page marks in one text. Each is an element of its own, so a text made of them is cut here. */
const MAX_MARKED = 8;

/**
 * A text of an artifact as attributes, titles and labels hold it: hidden characters spelled out, and cut. Nothing that an
 * input says may reach an attribute in another way.
 */
export function labelText(text: string, max = MAX_SHOWN): string {
  return shownRuns(text, max)
    .map((run) => (run.hidden ? `⟨${run.text}⟩` : run.text))
    .join("");
}

/** The same as runs for the text of a page; what is cut off says how much it is. */
export function shownRuns(text: string, max = MAX_SHOWN): TextRun[] {
  const runs = visibleRuns(cutText(text, max));
  const places = runs.flatMap(({ hidden }, place) => (hidden ? [place] : []));
  const end = places[MAX_MARKED];
  if (end === undefined) return runs;
  const rest = text.length - unitsOf(runs.slice(0, end));
  return [...runs.slice(0, end), { text: `… (${rest.toLocaleString("en-US")} more characters)`, hidden: false }];
}

/** A text of several lines that a person wrote: hidden characters spelled out, line ends kept. */
export function visibleLines(text: string): string {
  return text.split(/\r?\n/).map(visibleText).join("\n");
}

/** How many UTF-16 units of the original the runs stand for. */
function unitsOf(runs: readonly TextRun[]): number {
  return runs.reduce((sum, { text, hidden }) => sum + (hidden ? spelledUnits(text) : text.length), 0);
}

/** `U+1F389` is two units, `U+202E` is one. */
function spelledUnits(spelled: string): number {
  return spelled.length > "U+FFFF".length ? 2 : 1;
}
