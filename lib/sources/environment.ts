import { closeSync, existsSync, openSync, readSync, statSync } from "node:fs";
import { resolve } from "node:path";

/** The parts of the process that a source may use. The caller of a scan passes it in. */
export interface SourceEnvironment {
  /** Opens standard input, for `docker-archive:-`; `undefined` if there is none. */
  readonly openStdin: (() => AsyncIterable<Uint8Array>) | undefined;
  /** Resolves a path from the command line. */
  resolvePath(path: string): string;
  /** The kind of file at a resolved path; `undefined` if there is none. A socket or a pipe counts as a file. */
  pathKind(path: string): "file" | "directory" | undefined;
  /** The first bytes of a regular file at a resolved path, as Latin-1; "" if there is none, or it cannot be read. */
  fileStart(path: string): string;
  /** The environment variables: they name login files and helpers. */
  readonly variables: NodeJS.ProcessEnv;
  /** Hosts that remote sources may reach: all that the user names, or only public ones. */
  readonly reach: "named" | "public";
  /** Public keys of binary caches, `NAME:BASE64`, as checked by `loadTrustedKeys`. */
  readonly trustedKeys: readonly string[];
  /** Whether sources of this transport may be read. */
  allows(transport: { readonly name: string; readonly isLocal: boolean }): boolean;
}

/** An environment as plain data, to be sent to the scanning process. */
export interface SourceAccess {
  /** The directory that relative paths start from. */
  readonly baseDir: string;
  /** The scan may read the standard input of the process that starts it. */
  readonly hasStdin: boolean;
  /** `remote`: no local transport. */
  readonly allowed: "all" | "remote";
  /** Hosts of remote sources. Default: those that the user names if everything is allowed, else only public ones. */
  readonly reach?: SourceEnvironment["reach"];
  /** Default: none. */
  readonly trustedKeys?: readonly string[];
}

/** The environment of this process. */
export function openEnvironment(
  { baseDir, hasStdin, allowed, reach = allowed === "all" ? "named" : "public", trustedKeys = [] }: SourceAccess,
  openStdin?: () => AsyncIterable<Uint8Array>,
): SourceEnvironment {
  return {
    openStdin: hasStdin ? openStdin : undefined,
    resolvePath: (path) => resolve(baseDir, path),
    pathKind: (path) => (existsSync(path) ? (statSync(path).isDirectory() ? "directory" : "file") : undefined),
    fileStart: readStart,
    variables: process.env,
    reach,
    trustedKeys,
    allows: ({ isLocal }) => allowed === "all" || !isLocal,
  };
}

/** Bytes read of a file without a transport, to guess what it is. */
const START_BYTES = 4096;

function readStart(path: string): string {
  if (statSync(path, { throwIfNoEntry: false })?.isFile() !== true) return "";
  let file: number | undefined;
  try {
    file = openSync(path, "r");
    const bytes = Buffer.alloc(START_BYTES);
    return bytes.toString("latin1", 0, readSync(file, bytes, 0, START_BYTES, 0));
  } catch {
    // The reader that the guess leads to says why.
    return "";
  } finally {
    if (file !== undefined) closeSync(file);
  }
}
