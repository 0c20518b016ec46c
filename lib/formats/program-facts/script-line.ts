import { displayPath } from "#lib/model/layer.ts";

/** Bytes that Linux reads of a script to find its interpreter (`BINPRM_BUF_SIZE`). */
export const MAX_SCRIPT_LINE_BYTES = 256;

const NEWLINE = 0x0a;
const ASSIGNMENT = /^[A-Za-z_]\w*=/;

/** The program that runs a script. */
export interface Interpreter {
  /** A path, or with `isSearched` a name. */
  readonly program: string;
  /** `env` looks for it on the PATH. */
  readonly isSearched: boolean;
}

/** The interpreter line of a script without its `#!` (execve(2)); `undefined` for a file that has none. */
export function parseScriptLine(head: Uint8Array): string | undefined {
  if (head[0] !== 0x23 || head[1] !== 0x21) return undefined;
  const line = head.subarray(2, MAX_SCRIPT_LINE_BYTES);
  const end = line.indexOf(NEWLINE);
  const text = displayPath(end < 0 ? line : line.subarray(0, end)).trim();
  return text === "" ? undefined : text;
}

/** Whom the line names: the path in it, or the program that `env` is asked for, also behind `-S`, options and assignments. */
export function interpreterOf(line: string): Interpreter | undefined {
  const [path = "", ...words] = line.split(/[ \t]+/);
  if (!/(?:^|\/)env$/.test(path)) return path === "" ? undefined : { program: path, isSearched: false };
  const found = words
    .map((word) => word.replace(/^-S/, ""))
    .find((word) => !/^-|^$/.test(word) && !ASSIGNMENT.test(word));
  return found === undefined ? undefined : { program: found, isSearched: !found.includes("/") };
}
