import { condenseCondaRecord } from "#lib/formats/conda/index.ts";
import { condenseMetadata, condenseRecord } from "#lib/formats/python/index.ts";
import { MAX_DOCUMENT_BYTES, MAX_RPM_DATABASE_BYTES } from "./limits.ts";

/** Maximum bytes of a package.json outside node_modules: a file of that name may be anything. */
export const MAX_PROJECT_MANIFEST_BYTES = 1024 ** 2;

/** Maximum bytes of a gemspec: the longest ones list some thousand files. */
export const MAX_GEMSPEC_BYTES = 1024 ** 2;

/** Maximum bytes of a Gemfile.lock. */
export const MAX_GEM_LOCK_BYTES = 1024 ** 2;

/** Maximum bytes of a project's composer.json: a file of that name may be anything. */
export const MAX_COMPOSER_PROJECT_BYTES = 1024 ** 2;

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
/** Where the dynamic linkers look for libraries: glibc's with the files that distributions include in it, and musl's. */
const LINKER_PATHS = /^etc\/(?:ld\.so\.conf(?:\.d\/[^/]+)?|ld-musl-[^/]+\.path)$/;
const DPKG_INFO = /^var\/lib\/dpkg\/info\/[^/]+\.(?:list|conffiles)$/;
/** Distroless images have one file per package here. */
const DPKG_STATUS_DIRECTORY = /^var\/lib\/dpkg\/status\.d\/[^/]+$/;
const RPM_DATABASE = /^(?:var\/lib|usr\/lib\/sysimage|usr\/share)\/rpm\/(?:rpmdb\.sqlite|Packages(?:\.db)?)$/;
const LOG_SUFFIX = "-wal";
const INSTALLED_MANIFEST = /(?:^|\/)node_modules\/(?:@[^/]+\/)?[^/@][^/]*\/package\.json$/;
const GEMSPEC = /(?:^|\/)specifications\/(?:default\/)?[^/]+\.gemspec$/;
/** A gem may contain one from its own development. */
const GEM_LOCK = /^(?!(?:.*\/)?gems\/)(?:.*\/)?Gemfile\.lock$/;
const COMPOSER_INSTALLED = /(?:^|\/)vendor\/composer\/installed\.json$/;
const COMPOSER_PROJECT_NAME = "composer.json";
/** Those of the packages themselves are not needed: installed.json has a copy. */
const COMPOSER_PROJECT = /^(?!(?:.*\/)?vendor\/)(?:.*\/)?composer\.json$/;
const GEM_LOCK_NAME = "Gemfile.lock";
const MANIFEST_NAME = "package.json";
const CONDA_RECORD = /(?:^|\/)conda-meta\/[^/]+\.json$/;
const PYTHON_FILE =
  /(?:^|\/)(?:[^/]+\.dist-info\/(?:METADATA|RECORD|INSTALLER|top_level\.txt)|(?:[^/]+\.egg-info|[^/]+\.egg\/EGG-INFO)\/(?:PKG-INFO|requires\.txt|installed-files\.txt|top_level\.txt|INSTALLER)|[^/]+\.egg-info|pyvenv\.cfg|(?:site|dist)-packages\/[^/]+\.pth)$/;

/** Whether package detection reads the file at this path (relative to the root), so that its body is kept. */
export function isDocument(path: string): boolean {
  if (path.endsWith(MANIFEST_NAME))
    return path.length === MANIFEST_NAME.length || path.at(-MANIFEST_NAME.length - 1) === "/";
  if (SINGLE_FILES.has(path)) return true;
  if (path.endsWith("installed.json")) return COMPOSER_INSTALLED.test(path);
  if (path.endsWith(COMPOSER_PROJECT_NAME)) return COMPOSER_PROJECT.test(path);
  if (path.endsWith(".gemspec")) return GEMSPEC.test(path);
  if (path.endsWith(GEM_LOCK_NAME)) return GEM_LOCK.test(path);
  if (path.startsWith("var/lib/dpkg/")) return DPKG_INFO.test(path) || DPKG_STATUS_DIRECTORY.test(path);
  if (path.startsWith("etc/ld")) return LINKER_PATHS.test(path);
  return isRpmDatabase(path) || isRpmLog(path) || PYTHON_FILE.test(path) || CONDA_RECORD.test(path);
}

/** Whether it is the database of rpm, in any of its formats: the layer keeps a condensed form of it. */
export function isRpmDatabase(path: string): boolean {
  return RPM_DATABASE.test(path);
}

/** Whether it is the log beside an SQLite database of rpm. */
export function isRpmLog(path: string): boolean {
  return path.endsWith(LOG_SUFFIX) && isRpmDatabase(path.slice(0, -LOG_SUFFIX.length));
}

/** The path of the log beside an SQLite database. */
export function logPathOf(path: string): string {
  return `${path}${LOG_SUFFIX}`;
}

/** What a layer keeps of a document: of the metadata and lists of Python and conda, only what is read of them. */
export function condenseDocument(path: string, body: Uint8Array): Uint8Array {
  if (CONDA_RECORD.test(path)) return condenseCondaRecord(body) ?? body;
  if (!PYTHON_FILE.test(path)) return body;
  if (path.endsWith("/RECORD")) return condenseRecord(body);
  return /(?:METADATA|PKG-INFO|\.egg-info)$/.test(path) ? condenseMetadata(body) : body;
}

/** The maximum bytes kept of the document at this path. */
export function documentByteLimit(path: string): number {
  if (isRpmDatabase(path)) return MAX_RPM_DATABASE_BYTES;
  if (path.endsWith(COMPOSER_PROJECT_NAME)) return MAX_COMPOSER_PROJECT_BYTES;
  if (path.endsWith(".gemspec")) return MAX_GEMSPEC_BYTES;
  if (path.endsWith(GEM_LOCK_NAME)) return MAX_GEM_LOCK_BYTES;
  const projectManifest = path.endsWith(MANIFEST_NAME) && !INSTALLED_MANIFEST.test(path);
  return projectManifest ? MAX_PROJECT_MANIFEST_BYTES : MAX_DOCUMENT_BYTES;
}
