/** One run of a name: `hidden` is set for a character that is invisible or would reorder its neighbours. */
export interface TextRun {
  readonly text: string;
  readonly hidden: boolean;
}

// C0 and C1 controls, soft hyphen, bidi marks, embeddings, overrides and isolates, zero-width and invisible operators,
// line separators, interlinear marks, variation selectors, language tags, lone surrogates: Unicode TR 36 "visual
// spoofing" and the Trojan Source paper (CVE-2021-42574). A name from an image may contain any of them.
const INVISIBLE =
  /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\u2028\u2029\ufff0-\uffff]|\u034f|\u115f|\u1160|\u17b4|\u17b5|[\u180b-\u180f]|\u3164|[\ufe00-\ufe0f]|\uffa0|[\u{1d173}-\u{1d17a}\u{e0000}-\u{e0fff}]/u;
const INVISIBLE_RUNS = new RegExp(INVISIBLE.source, "gu");

/** The name with every control, bidi and invisible character as `U+XXXX`, in runs so that a page can mark them. */
export function visibleRuns(name: string): TextRun[] {
  if (!INVISIBLE.test(name)) return name === "" ? [] : [{ text: name, hidden: false }];
  const runs: TextRun[] = [];
  let at = 0;
  for (const match of name.matchAll(INVISIBLE_RUNS)) {
    if (match.index > at) runs.push({ text: name.slice(at, match.index), hidden: false });
    runs.push({ text: spellOut(match[0]), hidden: true });
    at = match.index + match[0].length;
  }
  if (at < name.length) runs.push({ text: name.slice(at), hidden: false });
  return runs;
}

/** The same as one string, for titles, canvases and link previews: `evil⟨U+202E⟩gnp.exe`. */
export function visibleText(name: string): string {
  return visibleRuns(name)
    .map((run) => (run.hidden ? `⟨${run.text}⟩` : run.text))
    .join("");
}

/** The same for a text of several lines, which stay separate (`\n`, or `\r\n` in CSV). */
export function visibleLines(text: string): string {
  return text
    .split("\n")
    .map((line) => (line.endsWith("\r") ? `${visibleText(line.slice(0, -1))}\r` : visibleText(line)))
    .join("\n");
}

/**
 * A value as JSON without hidden characters: `JSON.stringify` escapes C0 only, and a terminal also obeys C1 and bidi
 * controls. A parser gets the same value.
 */
export function toJsonText(value: unknown): string {
  return JSON.stringify(value, undefined, 2).replace(INVISIBLE_RUNS, (character) =>
    character === "\n" ? character : escapeUnits(character),
  );
}

/** The same in one line, for documents that are written line by line. */
export function toJsonLine(value: unknown): string {
  return JSON.stringify(value).replace(INVISIBLE_RUNS, escapeUnits);
}

function escapeUnits(character: string): string {
  return character
    .split("")
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`)
    .join("");
}

function spellOut(character: string): string {
  return `U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, "0")}`;
}
