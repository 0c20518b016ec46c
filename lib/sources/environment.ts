import { existsSync, statSync } from "node:fs";
import { resolve } from "node:path";

/** What reading a source may know of where it runs. Whoever starts a scan passes it in: sources do not ask the process. */
export interface SourceEnvironment {
  /** Opens what `docker-archive:-` reads; `undefined` where there is no standard input. */
  readonly openStdin: (() => AsyncIterable<Uint8Array>) | undefined;
  /** Turns a path as it was written into a path of this process. */
  resolvePath(path: string): string;
  /** What is at a resolved path; `undefined` for nothing. Whatever is no directory is a file. */
  findKind(path: string): "file" | "directory" | undefined;
  /** Whether sources of this transport may be read. */
  allows(transport: { readonly name: string; readonly isLocal: boolean }): boolean;
}

/** An environment as plain data, which a scan's own process makes one of. */
export interface SourceAccess {
  /** The directory that relative paths start from. */
  readonly baseDir: string;
  /** Whether the scan reads the standard input of the process that starts it. */
  readonly hasStdin: boolean;
  /** `remote`: nothing that this machine has. */
  readonly allowed: "all" | "remote";
}

/** The file system of this machine, as far as it is allowed. */
export function openEnvironment(
  { baseDir, hasStdin, allowed }: SourceAccess,
  openStdin?: () => AsyncIterable<Uint8Array>,
): SourceEnvironment {
  return {
    openStdin: hasStdin ? openStdin : undefined,
    resolvePath: (path) => resolve(baseDir, path),
    findKind: (path) => (existsSync(path) ? (statSync(path).isDirectory() ? "directory" : "file") : undefined),
    allows: ({ isLocal }) => allowed === "all" || !isLocal,
  };
}
