/**
 * Maximum length of the name after the hash part (Nix `store-dir-config.hh`, `StorePath::MaxPathLen`; Guix has the same limit).
 */
export const MAX_NAME_LENGTH = 211;

/** 160 bits in the stores' own base 32, without e, o, t and u. */
const HASH_PART = "[0-9abcdfghijklmnpqrsvwxyz]{32}";
/** Nix manual, "Store Path": the characters allowed in a name. All ASCII, no control characters. */
const NAME = `[0-9a-zA-Z+\\-._?=]{1,${MAX_NAME_LENGTH}}`;
const STORE_PATH = new RegExp(`^(/(?:[^/\\0]+/)*[^/\\0]+)/(${HASH_PART})-(${NAME})$`);

/** The outputs of nixpkgs (`multiple-outputs.sh`) and Guix packages. Any other suffix stays part of the version. */
const OUTPUT_SUFFIX =
  /^(.+)-(bin|dev|lib|lib32|lib64|libs|out|doc|devdoc|info|man|devman|static|debug|locale|data|py|terminfo)$/;

/** `stage-2-init.sh` is a file with a number in its name, not version `2-init.sh` of "stage". */
const NUMBERED_FILE = /^\d+-[a-zA-Z][^.]*\.[a-zA-Z]+$/;

const DERIVATION_SUFFIX = ".drv";

/** The parts of `/nix/store/HASH-NAME`. */
export interface StorePath {
  readonly path: string;
  /** `/nix/store`, `/gnu/store` or another; no slash at the end. */
  readonly storeDir: string;
  /** 32 characters of the stores' base 32. */
  readonly hashPart: string;
  /** Everything after the hash part and its dash: the display name of the path. */
  readonly baseName: string;
  /**
   * The common name. Includes an output's suffix (`glib-dev`) and `.drv`, so that an output is never mistaken for its sibling.
   */
  readonly name: string;
  /** "" if the name has none. */
  readonly version: string;
  readonly isDerivation: boolean;
}

/** The parts of a store path, or `undefined` when the text is not one (a path inside a store path is not one either). */
export function parseStorePath(path: string): StorePath | undefined {
  const match = STORE_PATH.exec(path);
  if (match === null) return undefined;
  const [, storeDir, hashPart, baseName] = match;
  if (storeDir === undefined || hashPart === undefined || baseName === undefined) return undefined;
  const isDerivation = baseName.endsWith(DERIVATION_SUFFIX);
  return { path, storeDir, hashPart, baseName, ...splitName(baseName, isDerivation), isDerivation };
}

/** The text after the hash part; the text itself if it is not a store path. */
export function storePathName(path: string): string {
  return parseStorePath(path)?.baseName ?? path;
}

/**
 * Name and version as `builtins.parseDrvName` splits them: the version begins after the first dash that is not followed by a
 * letter (Nix `names.cc`).
 */
export function parseDrvName(text: string): { name: string; version: string } {
  const dash = text.search(/-[^a-zA-Z]/);
  return dash < 0 ? { name: text, version: "" } : { name: text.slice(0, dash), version: text.slice(dash + 1) };
}

// `glib-2.80-dev` is version 2.80 of glib's dev output, not version `2.80-dev` of glib: with Nix' own split, two outputs of one
// version would differ in the version alone, and a comparison would pair `glib` with `glib-dev`.
function splitName(baseName: string, isDerivation: boolean): { name: string; version: string } {
  const suffix = isDerivation ? DERIVATION_SUFFIX : "";
  const { name, version } = parseDrvName(baseName.slice(0, baseName.length - suffix.length));
  // A name may begin with a dash; Nix then splits off an empty name, which could not be searched for.
  if (name === "" || NUMBERED_FILE.test(version)) return { name: baseName, version: "" };
  const output = OUTPUT_SUFFIX.exec(version);
  if (output === null) return { name: name + suffix, version };
  return { name: `${name}-${output[2]}${suffix}`, version: output[1] ?? version };
}
