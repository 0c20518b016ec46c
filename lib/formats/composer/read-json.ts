import type { FaultList } from "#lib/model/fault.ts";
import { isObject, readJsonDocument } from "../json/index.ts";

/** Bytes of one document of Composer: an installed.json of 500 packages has 2 MiB. */
export const MAX_COMPOSER_BYTES = 8 * 1024 ** 2;
/** Values and names in one document. */
export const MAX_COMPOSER_VALUES = 400_000;
/** Names that one package requires, and as many that it provides or replaces: `symfony/symfony` replaces 200. */
export const MAX_COMPOSER_NAMES = 5000;
/** UTF-16 units of a name, a version and a constraint. */
export const MAX_COMPOSER_TEXT = 256;

/** VENDOR/NAME (composer.json's schema, which older packages break with capitals). A platform package has no vendor. */
const NAME = /^[a-z0-9](?:[_.-]*[a-z0-9]+)*\/[a-z0-9](?:[_.-]*[a-z0-9]+)*$/i;

/** A package that another one asks for. */
export interface ComposerLink {
  /** In lower case, as Composer compares names. */
  readonly name: string;
  /** As written; shown, never compared: Composer has compared it. */
  readonly constraint: string;
}

/** The JSON of a document, `undefined` with a fault if it is none. */
export function readJson(body: Uint8Array, faults: FaultList): unknown {
  return readJsonDocument(body, { maxBytes: MAX_COMPOSER_BYTES, maxValues: MAX_COMPOSER_VALUES }, faults);
}

export function isPackageName(name: unknown): name is string {
  return typeof name === "string" && name.length <= MAX_COMPOSER_TEXT && NAME.test(name);
}

/** The packages that an object's names ask for. What has no vendor is PHP, an extension, a library or Composer itself. */
export function readLinks(json: unknown, faults: FaultList): ComposerLink[] {
  if (!isObject(json)) return [];
  const links = Object.entries(json).filter(([name]) => isPackageName(name));
  if (links.length > MAX_COMPOSER_NAMES) faults.addLimit("names", MAX_COMPOSER_NAMES);
  return links.slice(0, MAX_COMPOSER_NAMES).map(([name, constraint]) => {
    return {
      name: name.toLowerCase(),
      constraint: typeof constraint === "string" ? constraint.slice(0, MAX_COMPOSER_TEXT) : "",
    };
  });
}
