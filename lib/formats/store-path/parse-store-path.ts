/** Longest name after the hash part (Nix `store-dir-config.hh`, `StorePath::MaxPathLen`; Guix has the same limit). */
export const MAX_NAME_LENGTH = 211;

/** 160 bits in the stores' own base 32, which leaves out e, o, u and t. */
const HASH_PART = "[0-9abcdfghijklmnpqrsvwxyz]{32}";
/** Nix manual, "Store Path": the characters a name may have. All ASCII, none a control character. */
const NAME = `[0-9a-zA-Z+\\-._?=]{1,${MAX_NAME_LENGTH}}`;
const STORE_PATH = new RegExp(`^(/(?:[^/\\0]+/)*[^/\\0]+)/(${HASH_PART})-(${NAME})$`);

/** The outputs that nixpkgs (`multiple-outputs.sh`) and Guix packages are split into. Anything else stays a part of the version. */
const OUTPUT_SUFFIX =
  /^(.+)-(bin|dev|lib|lib32|lib64|libs|out|doc|devdoc|info|man|devman|static|debug|locale|data|py|terminfo)$/;

const DERIVATION_SUFFIX = ".drv";

/** `/nix/store/HASH-NAME`, taken apart. */
export interface StorePath {
  readonly path: string;
  /** `/nix/store`, `/gnu/store` or another; no slash at the end. */
  readonly storeDir: string;
  /** 32 characters of the stores' base 32. */
  readonly hashPart: string;
  /** All that follows the hash part and its dash: what a person calls the path. */
  readonly baseName: string;
  /** The common name. Keeps an output's suffix (`glib-dev`) and `.drv`, so that an output is never taken for its sibling. */
  readonly name: string;
  /** "" where the name has none. */
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

/** What follows the hash part; the text itself where it is not a store path. */
export function storePathName(path: string): string {
  return parseStorePath(path)?.baseName ?? path;
}

/**
 * Name and version as `builtins.parseDrvName` splits them: the version begins after the first dash that something other
 * than a letter follows (Nix `names.cc`).
 */
export function parseDrvName(text: string): { name: string; version: string } {
  const dash = text.search(/-[^a-zA-Z]/);
  return dash < 0 ? { name: text, version: "" } : { name: text.slice(0, dash), version: text.slice(dash + 1) };
}

// `glib-2.80-dev` is version 2.80 of glib's dev output, not version `2.80-dev` of glib: as Nix has it, two outputs of
// one version would differ in the version alone, and a comparison would pair `glib` with `glib-dev`.
function splitName(baseName: string, isDerivation: boolean): { name: string; version: string } {
  const suffix = isDerivation ? DERIVATION_SUFFIX : "";
  const { name, version } = parseDrvName(baseName.slice(0, baseName.length - suffix.length));
  // A name may begin with a dash; Nix then calls it nothing, and a person could not ask for it.
  if (name === "") return { name: baseName, version: "" };
  const output = OUTPUT_SUFFIX.exec(version);
  if (output === null) return { name: name + suffix, version };
  return { name: `${name}-${output[2]}${suffix}`, version: output[1] ?? version };
}
