import type { FaultList } from "#lib/model/fault.ts";

/** Lines read per file. dpkg's status of 3,000 packages has 100,000, apk's database of all of Alpine about 3 million. */
export const MAX_LINES = 4_000_000;

/** A line without its end, LF or CRLF. */
export interface Line {
  readonly text: string;
  /** Counted from 1. */
  readonly number: number;
}

/**
 * The lines of a text one by one: a file of 32 MiB may consist of line ends only, and a list of them would take a gigabyte. Ends
 * after `MAX_LINES`, and reports it.
 */
export function* eachLine(text: string, faults: FaultList): Generator<Line> {
  let number = 0;
  for (let start = 0; start <= text.length; ) {
    number += 1;
    if (number > MAX_LINES) {
      faults.addLimit("lines", MAX_LINES);
      return;
    }
    const found = text.indexOf("\n", start);
    const end = found < 0 ? text.length : found;
    const isCrlf = end > start && text.charCodeAt(end - 1) === 0x0d;
    yield { text: text.slice(start, isCrlf ? end - 1 : end), number };
    start = end + 1;
  }
}
