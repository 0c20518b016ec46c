import { type Fault, FaultList, quote } from "#lib/model/fault.ts";
import { eachLine } from "../lines/index.ts";

/** Files of one distribution; the largest wheels have about 20,000. */
export const MAX_LISTED_FILES = 300_000;
/** UTF-16 units of one path. */
export const MAX_LISTED_PATH_LENGTH = 4096;
/** Names in one top_level.txt. */
export const MAX_TOP_LEVEL = 1000;

type Parsed<T> = { value: T[]; problems: Fault[] };

// The path is the first field of CSV: in quotes, which are doubled inside, if it has a comma or a quote in it.
const FIRST_FIELD = /^(?:"((?:[^"]|"")*)"(?=,|$)|([^,"]*)(?=,|$))/;

/** The paths of a RECORD (PEP 376, PEP 627), as written: relative to the directory around the `.dist-info`, or absolute. */
export function parseRecord(text: string): Parsed<string> {
  return parseList(text, MAX_LISTED_FILES, (line) => {
    const match = FIRST_FIELD.exec(line);
    return match?.[1]?.replaceAll('""', '"') ?? match?.[2];
  });
}

/** The paths of an installed-files.txt, which pip wrote for old packages: relative to their `.egg-info`. */
export function parseInstalledFiles(text: string): Parsed<string> {
  return parseList(text, MAX_LISTED_FILES, (line) => line.trim());
}

/** The modules and packages of a top_level.txt. A name is one directory or file, never a path that leads elsewhere. */
export function parseTopLevel(text: string): Parsed<string> {
  return parseList(text, MAX_TOP_LEVEL, (line) => {
    const name = line.trim();
    return /^[^/\\.\s][^/\\\s]*$|^$/.test(name) ? name : undefined;
  });
}

/** `toValue` gives "" for a line without a value and `undefined` for one that is wrong. */
function parseList(text: string, limit: number, toValue: (line: string) => string | undefined): Parsed<string> {
  const faults = new FaultList();
  const value: string[] = [];
  for (const { text: line, number } of eachLine(text, faults)) {
    const found = line.length > 2 * MAX_LISTED_PATH_LENGTH ? undefined : toValue(line);
    if (found === "") continue;
    if (found === undefined || found.length > MAX_LISTED_PATH_LENGTH) {
      faults.add(() => `line ${number} is not understood: ${quote(line)}`);
    } else if (value.length === limit) {
      faults.addLimit("names", limit);
      break;
    } else value.push(found);
  }
  return { value, problems: faults.found };
}
