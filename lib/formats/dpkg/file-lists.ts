import { type Fault, FaultList } from "#lib/model/fault.ts";

/** Paths in one list; Debian's largest packages have about 60,000. */
export const MAX_LIST_PATHS = 1_000_000;

/** One diversion (dpkg-divert(1)): every package but one finds its file at another path. */
export interface Diversion {
  readonly path: string;
  readonly divertedTo: string;
  /** The package whose file stays at `path`; "" for a local diversion, which moves everybody's. */
  readonly package: string;
}

/** `info/NAME.list`: a path a line, the package's directories among them. Returned relative to the root, the root left out. */
export function parseFileList(text: string): { value: string[]; problems: Fault[] } {
  return parsePaths(text, (line) => line);
}

/** `status.d/NAME.md5sums`: `MD5  PATH` a line, regular files only, no conffiles and no links. */
export function parseMd5sums(text: string): { value: string[]; problems: Fault[] } {
  return parsePaths(text, (line) => (/^[0-9a-f]{32} [ *]/.test(line) ? line.slice(34) : undefined));
}

/** `info/NAME.conffiles` (deb-conffiles(5)): a path a line, perhaps behind the flag `remove-on-upgrade`. */
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
  const lines = linesOf(text);
  for (let i = 0; i < lines.length; i++) {
    if (lines[i] === "") continue;
    if (value.length === MAX_LIST_PATHS) {
      faults.addLimit("paths", MAX_LIST_PATHS);
      break;
    }
    const path = pathOf(lines[i]!);
    if (path === undefined) faults.add(`line ${i + 1} names no file`);
    else if (relative(path) !== "") value.push(relative(path));
  }
  return { value, problems: faults.found };
}

/** `var/lib/dpkg/diversions`: three lines each, the path, where it is diverted to, and the package that diverts (`:` local). */
export function parseDiversions(text: string): { value: Diversion[]; problems: Fault[] } {
  const lines = linesOf(text);
  while (lines.at(-1) === "") lines.pop();
  const value: Diversion[] = [];
  const faults = new FaultList();
  for (let i = 0; i + 2 < lines.length; i += 3) {
    const owner = lines[i + 2]!;
    value.push({ path: relative(lines[i]!), divertedTo: relative(lines[i + 1]!), package: owner === ":" ? "" : owner });
  }
  if (lines.length % 3 !== 0) {
    faults.add(`${lines.length} lines are not a number of triples`);
  }
  return { value, problems: faults.found };
}

function linesOf(text: string): string[] {
  return text.split("\n").map((line) => (line.endsWith("\r") ? line.slice(0, -1) : line));
}

/** The path without the slash or `./` it starts with and the slash it ends with; dpkg writes the root as `/.`. */
function relative(path: string): string {
  let start = 0;
  while (path[start] === "/" || (path[start] === "." && (path[start + 1] ?? "/") === "/")) start += 1;
  let end = path.length;
  while (end > start && path[end - 1] === "/") end -= 1;
  return path.slice(start, end);
}
