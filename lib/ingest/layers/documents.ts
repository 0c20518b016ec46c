import { condenseCondaRecord } from "#lib/formats/conda/conda-record.ts";
import { extractPnpState, MAX_PNP_BYTES } from "#lib/formats/npm/pnp-state.ts";
import { condenseMetadata, condenseRecord } from "#lib/formats/python/condense.ts";
import { condenseDerivation } from "#lib/formats/store-references/derivation.ts";
import { MAX_DOCUMENT_BYTES, MAX_RPM_DATABASE_BYTES } from "./limits.ts";

/** Maximum bytes of a package.json outside node_modules: a file of that name may be anything. */
export const MAX_PROJECT_MANIFEST_BYTES = 1024 ** 2;

/** Maximum bytes of a Plug'n'Play loader with its data. */
export const MAX_PNP_LOADER_BYTES = 2 * MAX_PNP_BYTES;

/** Maximum bytes of a gemspec: the longest ones list some thousand files. */
export const MAX_GEMSPEC_BYTES = 1024 ** 2;

/** Maximum bytes of a Gemfile.lock. */
export const MAX_GEM_LOCK_BYTES = 1024 ** 2;

/** Maximum bytes of a project's composer.json: a file of that name may be anything. */
export const MAX_COMPOSER_PROJECT_BYTES = 1024 ** 2;

/** Maximum bytes of a `.runtimeconfig.json`. */
export const MAX_RUNTIME_CONFIG_BYTES = 1024 ** 2;

/** Maximum bytes of the `release` file of a Java runtime: a file of that name may be anything. */
export const MAX_JAVA_RELEASE_BYTES = 64 * 1024;
/** Maximum bytes of a manifest of Chisel, compressed. */
export const MAX_CHISEL_MANIFEST_BYTES = 4 * 1024 ** 2;

/** Maximum bytes of a derivation in a store. */
export const MAX_DERIVATION_BYTES = 1024 ** 2;

/** Maximum bytes of a pyproject.toml or a requirements.txt. */
export const MAX_PYTHON_PROJECT_BYTES = 1024 ** 2;

/** Files that package detection reads. Paths are relative to the root. */
interface DocumentKind {
  /** How paths that fit `path` begin or end: most paths of an image need not be compared with it. */
  readonly prefix?: string;
  readonly suffix?: string;
  readonly path: RegExp;
  /** Absent: `MAX_DOCUMENT_BYTES`. */
  readonly maxBytes?: number;
  /** What a layer keeps of a body. Absent: all of it. */
  readonly condense?: (body: Uint8Array) => Uint8Array;
}

const RPM_DATABASE = /^(?:var\/lib|usr\/lib\/sysimage|usr\/share)\/rpm\/(?:rpmdb\.sqlite|Packages(?:\.db)?)$/;
const LOG_SUFFIX = "-wal";

/** The first kind that a path fits is its own. */
const KINDS: readonly DocumentKind[] = [
  { prefix: "etc/os-release", path: /^etc\/os-release$/ },
  { prefix: "usr/lib/os-release", path: /^usr\/lib\/os-release$/ },
  // Where the dynamic linkers look for libraries: glibc's with the files that distributions include in it, and musl's.
  { prefix: "etc/ld", path: /^etc\/(?:ld\.so\.conf(?:\.d\/[^/]+)?|ld-musl-[^/]+\.path)$/ },
  // Distroless images have one file per package in status.d.
  {
    prefix: "var/lib/dpkg/",
    path: /^var\/lib\/dpkg\/(?:status|diversions|status\.d\/[^/]+|info\/[^/]+\.(?:list|conffiles))$/,
  },
  { suffix: "/manifest.wall", path: /./, maxBytes: MAX_CHISEL_MANIFEST_BYTES },
  { prefix: "var/lib/apt/", path: /^var\/lib\/apt\/extended_states$/ },
  { suffix: "lib/apk/db/installed", path: /^(?:usr\/)?lib\/apk\/db\/installed$/ },
  { prefix: "etc/apk/", path: /^etc\/apk\/world$/ },
  { path: RPM_DATABASE, maxBytes: MAX_RPM_DATABASE_BYTES },
  { suffix: LOG_SUFFIX, path: new RegExp(RPM_DATABASE.source.replace("$", `${LOG_SUFFIX}$`)) },
  { prefix: "var/lib/dnf/", path: /^var\/lib\/dnf\/history\.sqlite$/ },
  { prefix: "usr/lib/sysimage/libdnf5/", path: /^usr\/lib\/sysimage\/libdnf5\/packages\.toml$/ },
  { prefix: "var/lib/zypp/", path: /^var\/lib\/zypp\/AutoInstalled$/ },
  { prefix: "var/lib/pacman/local/", path: /^var\/lib\/pacman\/local\/[^/]+\/(?:desc|files)$/ },
  { suffix: "package.json", path: /(?:^|\/)node_modules\/(?:@[^/]+\/)?[^/@][^/]*\/package\.json$/ },
  { suffix: "package.json", path: /(?:^|\/)package\.json$/, maxBytes: MAX_PROJECT_MANIFEST_BYTES },
  { suffix: ".pnp.data.json", path: /(?:^|\/)\.pnp\.data\.json$/, maxBytes: MAX_PNP_BYTES },
  // The loader has 400 kB of its own beside its data.
  { suffix: ".pnp.cjs", path: /(?:^|\/)\.pnp\.cjs$/, maxBytes: MAX_PNP_LOADER_BYTES, condense: extractPnpState },
  { suffix: ".pnp.js", path: /(?:^|\/)\.pnp\.js$/, maxBytes: MAX_PNP_LOADER_BYTES, condense: extractPnpState },
  {
    suffix: ".gemspec",
    path: /(?:^|\/)specifications\/(?:default\/)?[^/]+\.gemspec$/,
    maxBytes: MAX_GEMSPEC_BYTES,
  },
  // A gem may contain one from its own development.
  {
    suffix: "Gemfile.lock",
    path: /^(?!(?:.*\/)?gems\/)(?:.*\/)?Gemfile\.lock$/,
    maxBytes: MAX_GEM_LOCK_BYTES,
  },
  { suffix: "installed.json", path: /(?:^|\/)vendor\/composer\/installed\.json$/ },
  // Those of the packages themselves are not needed: installed.json has a copy.
  {
    suffix: "composer.json",
    path: /^(?!(?:.*\/)?vendor\/)(?:.*\/)?composer\.json$/,
    maxBytes: MAX_COMPOSER_PROJECT_BYTES,
  },
  { suffix: ".json", path: /(?:^|\/)conda-meta\/[^/]+\.json$/, condense: (body) => condenseCondaRecord(body) ?? body },
  { suffix: "/RECORD", path: /(?:^|\/)[^/]+\.dist-info\/RECORD$/, condense: condenseRecord },
  { suffix: "/METADATA", path: /(?:^|\/)[^/]+\.dist-info\/METADATA$/, condense: condenseMetadata },
  {
    suffix: "/PKG-INFO",
    path: /(?:^|\/)(?:[^/]+\.egg-info|[^/]+\.egg\/EGG-INFO)\/PKG-INFO$/,
    condense: condenseMetadata,
  },
  { suffix: ".egg-info", path: /(?:^|\/)[^/]+\.egg-info$/, condense: condenseMetadata },
  { suffix: "/INSTALLER", path: /(?:^|\/)(?:[^/]+\.(?:dist|egg)-info|[^/]+\.egg\/EGG-INFO)\/INSTALLER$/ },
  { suffix: "/top_level.txt", path: /(?:^|\/)(?:[^/]+\.(?:dist|egg)-info|[^/]+\.egg\/EGG-INFO)\/top_level\.txt$/ },
  { suffix: ".txt", path: /(?:^|\/)(?:[^/]+\.egg-info|[^/]+\.egg\/EGG-INFO)\/(?:requires|installed-files)\.txt$/ },
  { suffix: "/release", path: /./, maxBytes: MAX_JAVA_RELEASE_BYTES },
  { suffix: ".deps.json", path: /./ },
  { suffix: ".runtimeconfig.json", path: /./, maxBytes: MAX_RUNTIME_CONFIG_BYTES },
  // Those of installed packages are for their development.
  {
    suffix: "pyproject.toml",
    path: /^(?!.*(?:(?:site|dist)-packages|node_modules)\/)(?:.*\/)?pyproject\.toml$/,
    maxBytes: MAX_PYTHON_PROJECT_BYTES,
  },
  {
    suffix: "requirements.txt",
    path: /^(?!.*(?:(?:site|dist)-packages|node_modules)\/)(?:.*\/)?requirements\.txt$/,
    maxBytes: MAX_PYTHON_PROJECT_BYTES,
  },
  { suffix: "pyvenv.cfg", path: /(?:^|\/)pyvenv\.cfg$/ },
  {
    suffix: ".drv",
    path: /^(?:nix|gnu)\/store\/[^/]+\.drv$/,
    maxBytes: MAX_DERIVATION_BYTES,
    condense: condenseDerivation,
  },
  { suffix: ".pth", path: /(?:^|\/)(?:site|dist)-packages\/[^/]+\.pth$/ },
];

/** A path is compared with the kinds that begin and end with the same characters as it does: few, often none. */
const FIRST_CHARACTERS = new Set(KINDS.map(({ prefix = "" }) => prefix.charAt(0)));
const LAST_CHARACTERS = new Set(KINDS.map(({ suffix = "" }) => suffix.slice(-1)));
const KINDS_BY_ENDS = new Map<string, readonly DocumentKind[]>();

/** Whether package detection reads the file at this path, so that its body is kept. */
export function isDocument(path: string): boolean {
  return kindOf(path) !== undefined;
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

/** What a layer keeps of the document at this path: of metadata and lists, only what is read of them. */
export function condenseDocument(path: string, body: Uint8Array): Uint8Array {
  return kindOf(path)?.condense?.(body) ?? body;
}

/** The maximum bytes kept of the document at this path. */
export function documentByteLimit(path: string): number {
  return kindOf(path)?.maxBytes ?? MAX_DOCUMENT_BYTES;
}

function kindOf(text: string): DocumentKind | undefined {
  return listKinds(text).find(
    ({ prefix = "", suffix = "", path }) => text.startsWith(prefix) && text.endsWith(suffix) && path.test(text),
  );
}

function listKinds(text: string): readonly DocumentKind[] {
  const first = FIRST_CHARACTERS.has(text.charAt(0)) ? text.charAt(0) : "";
  const last = LAST_CHARACTERS.has(text.slice(-1)) ? text.slice(-1) : "";
  const ends = `${first} ${last}`;
  const known = KINDS_BY_ENDS.get(ends);
  if (known !== undefined) return known;
  const fits = ({ prefix = "", suffix = "" }: DocumentKind) =>
    first.startsWith(prefix.charAt(0)) && last.startsWith(suffix.slice(-1));
  const kinds = KINDS.filter(fits);
  KINDS_BY_ENDS.set(ends, kinds);
  return kinds;
}
