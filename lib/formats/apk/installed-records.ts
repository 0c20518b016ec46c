import { splitParagraphs, type TextRecord } from "../three-way/index.ts";
import { MAX_PACKAGES } from "./installed.ts";

/** A package's record of `lib/apk/db/installed`, with what identifies it. */
export interface ApkRecord extends TextRecord {
  readonly version: string;
  /** The `C:` field: two builds of one version differ in it. */
  readonly checksum: string;
}

/** The records of the database (as latin1), by package name; `undefined` if one has no name or there are too many. */
export function splitInstalled(text: string): ApkRecord[] | undefined {
  const records = splitParagraphs(text).map(toRecord);
  return records.length <= MAX_PACKAGES && records.every(({ key }) => key !== "") ? records : undefined;
}

function toRecord(text: string): ApkRecord {
  return { key: lineOf(text, "P"), text, version: lineOf(text, "V"), checksum: lineOf(text, "C") };
}

/** The first line of that letter: those of files follow later. */
function lineOf(text: string, letter: string): string {
  const start = text.startsWith(`${letter}:`) ? 0 : text.indexOf(`\n${letter}:`) + 1;
  if (start === 0 && !text.startsWith(`${letter}:`)) return "";
  const end = text.indexOf("\n", start);
  return text.slice(start + 2, end < 0 ? undefined : end);
}
