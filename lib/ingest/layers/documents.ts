import { MAX_DOCUMENT_BYTES } from "./limits.ts";

/** Maximum bytes of a package.json outside node_modules: a file of that name may be anything. */
export const MAX_PROJECT_MANIFEST_BYTES = 1024 ** 2;

const SINGLE_FILES = new Set([
  "var/lib/dpkg/status",
  "var/lib/dpkg/diversions",
  "var/lib/apt/extended_states",
  "lib/apk/db/installed",
  "usr/lib/apk/db/installed",
  "etc/apk/world",
  "var/lib/dnf/history.sqlite",
  "usr/lib/sysimage/libdnf5/packages.toml",
  "var/lib/zypp/AutoInstalled",
  "etc/os-release",
  "usr/lib/os-release",
]);
const DPKG_INFO = /^var\/lib\/dpkg\/info\/[^/]+\.(?:list|conffiles)$/;
/** Distroless images have one file per package here. */
const DPKG_STATUS_DIRECTORY = /^var\/lib\/dpkg\/status\.d\/[^/]+$/;
/** The database of rpm in any of its formats, and the log of an SQLite database. */
const RPM_DATABASE = /^(?:var\/lib|usr\/lib\/sysimage|usr\/share)\/rpm\/(?:rpmdb\.sqlite(?:-wal)?|Packages(?:\.db)?)$/;
const INSTALLED_MANIFEST = /(?:^|\/)node_modules\/(?:@[^/]+\/)?[^/@][^/]*\/package\.json$/;
const MANIFEST_NAME = "package.json";

/** Whether package detection reads the file at this path (relative to the root), so that its body is kept. */
export function isDocument(path: string): boolean {
  if (path.endsWith(MANIFEST_NAME))
    return path.length === MANIFEST_NAME.length || path.at(-MANIFEST_NAME.length - 1) === "/";
  if (SINGLE_FILES.has(path)) return true;
  if (path.startsWith("var/lib/dpkg/")) return DPKG_INFO.test(path) || DPKG_STATUS_DIRECTORY.test(path);
  return RPM_DATABASE.test(path);
}

/** The maximum bytes kept of the document at this path. */
export function documentByteLimit(path: string): number {
  const projectManifest = path.endsWith(MANIFEST_NAME) && !INSTALLED_MANIFEST.test(path);
  return projectManifest ? MAX_PROJECT_MANIFEST_BYTES : MAX_DOCUMENT_BYTES;
}
