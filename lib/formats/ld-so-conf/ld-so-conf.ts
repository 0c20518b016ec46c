import { type Fault, FaultList, quote } from "#lib/model/fault.ts";
import { eachLine } from "../lines/index.ts";

/** Lines read of one file; a system has some five in all. */
export const MAX_CONF_LINES = 10_000;

/** One line of ld.so.conf(5): a directory, or files to read in its place. */
export interface ConfLine {
  readonly kind: "directory" | "include";
  /** A directory without slashes at its end; a pattern of paths. */
  readonly path: string;
}

const INCLUDE = /^include[ \t]/;
const HWCAP = /^hwcap[ \t]/;

/** The lines of ld.so.conf as ldconfig(8) reads them: one directory each, `include` with one or more patterns, `#` for comments. */
export function parseLdSoConf(text: string): { value: ConfLine[]; problems: Fault[] } {
  const faults = new FaultList();
  const value: ConfLine[] = [];
  for (const line of eachLine(text, faults)) {
    if (line.number > MAX_CONF_LINES) {
      faults.addLimit("lines", MAX_CONF_LINES);
      break;
    }
    const said = line.text.replace(/#.*/, "").trim();
    if (INCLUDE.test(said)) {
      for (const path of said
        .slice("include".length)
        .trim()
        .split(/[ \t]+/))
        value.push({ kind: "include", path });
    } else if (said.startsWith("/")) value.push({ kind: "directory", path: toDirectory(said) });
    else if (said !== "" && !HWCAP.test(said))
      faults.add(() => `line ${line.number}: no directory: ${quote(said)}`, "bad-config");
  }
  return { value, problems: faults.found };
}

/** `/usr/lib/=libc6` once named a kind of library. */
function toDirectory(text: string): string {
  return text.replace(/=[^/]*$/, "").replace(/\/+$/, "") || "/";
}

/** The directories of `/etc/ld-musl-ARCH.path`: one on each line, or between colons. */
export function parseMuslPath(text: string): string[] {
  const parts = text.slice(0, MAX_MUSL_PATH_LENGTH).split(/[:\n]/);
  return parts.filter((part) => part.startsWith("/"));
}

/** UTF-16 units read of such a file. */
const MAX_MUSL_PATH_LENGTH = 64 * 1024;

/** Whether a name matches a pattern with `*` and `?` (glob(7)), in O(n·m): patterns come from images. */
export function matchesGlob(name: string, pattern: string): boolean {
  let [at, star, mark] = [0, -1, 0];
  let i = 0;
  while (i < name.length) {
    if (at < pattern.length && (pattern[at] === "?" || (pattern[at] === name[i] && pattern[at] !== "*"))) {
      at += 1;
      i += 1;
    } else if (pattern[at] === "*") {
      star = at;
      mark = i;
      at += 1;
    } else if (star >= 0) {
      at = star + 1;
      mark += 1;
      i = mark;
    } else return false;
  }
  while (pattern[at] === "*") at += 1;
  return at === pattern.length;
}
