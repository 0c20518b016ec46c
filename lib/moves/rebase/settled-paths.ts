import type { RebaseCheckName } from "#lib/model/rebase-answer.ts";
import { generatedKind } from "./generated/generated-kinds.ts";

/** A database of a package manager that is one text: how it is merged. */
export type DatabaseFormat =
  | "status"
  | "installed"
  | "deb822"
  | "available"
  | "templates"
  | "answers"
  | "lines"
  | "diversions"
  | "overrides"
  | "scripts"
  | "whole";

interface DatabaseKind {
  readonly path: RegExp;
  readonly format: DatabaseFormat;
}

const DPKG = "var\\/lib\\/dpkg\\/";
const APK = "(?:usr\\/)?lib\\/apk\\/db\\/";

const DATABASES: readonly DatabaseKind[] = [
  { path: new RegExp(`^${DPKG}status$`), format: "status" },
  { path: new RegExp(`^${DPKG}available$`), format: "available" },
  { path: new RegExp(`^${DPKG}(?:arch|triggers\\/(?!Lock$)[^/]+)$`), format: "lines" },
  { path: new RegExp(`^${DPKG}diversions$`), format: "diversions" },
  { path: new RegExp(`^${DPKG}statoverride$`), format: "overrides" },
  { path: new RegExp(`^${DPKG}status\\.d\\/[^/]+$`), format: "whole" },
  { path: /^var\/lib\/apt\/extended_states$/, format: "deb822" },
  { path: /^var\/cache\/debconf\/templates\.dat$/, format: "templates" },
  { path: /^var\/cache\/debconf\/(?:config|passwords)\.dat$/, format: "answers" },
  { path: new RegExp(`^${APK}installed$`), format: "installed" },
  { path: new RegExp(`^${APK}triggers$`), format: "lines" },
  { path: new RegExp(`^${APK}scripts\\.tar(?:\\.gz)?$`), format: "scripts" },
  { path: /^etc\/apk\/world$/, format: "lines" },
  { path: /(?:^|\/)manifest\.wall$/, format: "whole" },
  {
    path: /^(?:var\/lib|usr\/lib\/sysimage|usr\/share)\/rpm\/(?:rpmdb\.sqlite(?:-wal)?|Packages(?:\.db)?|Index\.db|[A-Z][A-Za-z]+)$/,
    format: "whole",
  },
  { path: /^var\/lib\/pacman\/local\/(?:ALPM_DB_VERSION|[^/]+\/[^/]+)$/, format: "whole" },
];

/** How the database at this path is merged; `undefined`: it is none. */
export function databaseFormat(path: string): DatabaseFormat | undefined {
  return DATABASES.find((kind) => kind.path.test(path))?.format;
}

const BACKUP =
  /^(?:var\/lib\/dpkg\/(?:status|available|diversions|statoverride)-old|var\/cache\/debconf\/[^/]+\.dat-old|etc\/(?:passwd|group|shadow|gshadow|subuid|subgid)-|(?:usr\/)?lib\/apk\/db\/[^/]+\.old)$/;

/** Whether it is what a tool keeps of a database before it writes a new one: nothing reads it, so that it is dropped. */
export function isBackup(path: string): boolean {
  return BACKUP.test(path);
}

/** dpkg's own copy of what a package contains and runs: `info/NAME[:ARCH].KIND`. */
const INFO_FILE = /^var\/lib\/dpkg\/info\/([^/:]+)(?::([^/:]+))?\.([a-z0-9]+)$/;

export interface InfoFile {
  readonly name: string;
  /** "" if the name has none. */
  readonly arch: string;
  readonly kind: string;
}

/** The package and the kind of a file of `var/lib/dpkg/info`; `undefined` elsewhere. */
export function parseInfoPath(path: string): InfoFile | undefined {
  const match = INFO_FILE.exec(path);
  return match === null ? undefined : { name: match[1]!, arch: match[2] ?? "", kind: match[3]! };
}

const ACCOUNTS = /^etc\/(passwd|group|shadow|gshadow|subuid|subgid)$/;

/** Python compiles its sources again where it has to. */
const BYTE_CODE = /(?:^|\/)__pycache__\/[^/]+\.pyc$/;

/**
 * The check that settles what both the new base and the image's layers wrote at this path: the package databases and the account files,
 * with their backups, and files that are generated from others. `undefined`: no check merges it, so that it is compared as any other file.
 */
export function settlingCheck(path: string): RebaseCheckName | undefined {
  if (ACCOUNTS.test(path)) return "users";
  if (isBackup(path)) return path.startsWith("etc/") ? "users" : "packages";
  if (databaseFormat(path) !== undefined || parseInfoPath(path) !== undefined) return "packages";
  return generatedKind(path) !== undefined || BYTE_CODE.test(path) ? "generated" : undefined;
}
