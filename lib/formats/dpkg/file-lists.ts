import { type Fault, FaultList } from "#lib/model/fault.ts";
import { eachLine } from "../lines/index.ts";

/** Paths in one list; Debian's largest packages have about 60,000. */
export const MAX_LIST_PATHS = 1_000_000;

/** Diversions of one system; the largest have a few thousand (a kernel's headers, a replaced libc). */
export const MAX_DIVERSIONS = 100_000;

/** One diversion (dpkg-divert(1)): every package but one has its file at another path. */
export interface Diversion {
  readonly path: string;
  readonly divertedTo: string;
  /** The package whose file stays at `path`; "" for a local diversion, which moves every package's. */
  readonly package: string;
}

/** `info/NAME.list`: one path per line, the package's directories included. Returned relative to the root, without the root. */
export function parseFileList(text: string): { value: string[]; problems: Fault[] } {
  return parsePaths(text, (line) => line);
}

/** `status.d/NAME.md5sums`: `MD5  PATH` per line, regular files only, no conffiles and no links. */
export function parseMd5sums(text: string): { value: string[]; problems: Fault[] } {
  return parsePaths(text, (line) => (/^[0-9a-f]{32} [ *]/.test(line) ? line.slice(34) : undefined));
}

/** `info/NAME.conffiles` (deb-conffiles(5)): one path per line, with an optional flag `remove-on-upgrade` before it. */
export function parseConffiles(text: string): { value: string[]; problems: Fault[] } {
  return parsePaths(text, (line) => {
    const flagged = /^remove-on-upgrade\s+(.*)$/.exec(line);
    return flagged === null ? line : flagged[1];
  });
}

function parsePaths(
  text: string,
  pathOf: (line: string) => string | undefined,
): { value: string[]; problems: Fault[] } {
  const value: string[] = [];
  const faults = new FaultList();
  for (const line of eachLine(text, faults)) {
    if (line.text === "") continue;
    if (value.length === MAX_LIST_PATHS) {
      faults.addLimit("paths", MAX_LIST_PATHS);
      break;
    }
    const path = pathOf(line.text);
    if (path === undefined) faults.add(() => `line ${line.number} names no file`);
    else if (relative(path) !== "") value.push(relative(path));
  }
  return { value, problems: faults.found };
}

/** `var/lib/dpkg/diversions`: three lines each, the path, its new path, and the package that diverts (`:` local). */
export function parseDiversions(text: string): { value: Diversion[]; problems: Fault[] } {
  const value: Diversion[] = [];
  const faults = new FaultList();
  const triple: string[] = [];
  for (const line of eachLine(text.trimEnd(), faults)) {
    if (triple.push(line.text) < 3) continue;
    const [path = "", divertedTo = "", owner = ""] = triple.splice(0);
    if (value.length === MAX_DIVERSIONS) {
      faults.addLimit("diversions", MAX_DIVERSIONS);
      return { value, problems: faults.found };
    }
    value.push({ path: relative(path), divertedTo: relative(divertedTo), package: owner === ":" ? "" : owner });
  }
  if (triple.some((line) => line !== "")) faults.add("its number of lines is not a multiple of three");
  return { value, problems: faults.found };
}

/** The path without a leading slash or `./` and without a trailing slash; dpkg writes the root as `/.`. */
function relative(path: string): string {
  let start = 0;
  while (path[start] === "/" || (path[start] === "." && (path[start + 1] ?? "/") === "/")) start += 1;
  let end = path.length;
  while (end > start && path[end - 1] === "/") end -= 1;
  return path.slice(start, end);
}
