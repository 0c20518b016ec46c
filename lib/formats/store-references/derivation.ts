import { findHashParts } from "./hash-part-scanner.ts";

/**
 * A derivation (`.drv`) is `Derive([outputs],[derivations],[sources],"system",…)`. It refers to what its second and third list name.
 * Its outputs, and those of other derivations in its environment, are only named: they need not exist yet.
 */
const NEXT_LIST = "],[";
const AFTER_LISTS = '],"';

/** The part of a derivation with its three lists. */
export function condenseDerivation(body: Uint8Array): Uint8Array {
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.length);
  const sources = findSources(bytes);
  const end = sources < 0 ? -1 : bytes.indexOf(AFTER_LISTS, sources);
  return end < 0 ? new Uint8Array() : Uint8Array.from(body.subarray(0, end + AFTER_LISTS.length));
}

/** The hash parts of what a derivation refers to; `undefined` if it is none. */
export function parseDerivation(body: Uint8Array): readonly string[] | undefined {
  const lists = Buffer.from(condenseDerivation(body));
  const start = lists.indexOf(NEXT_LIST);
  return start < 0 ? undefined : findHashParts(lists.toString("latin1", start));
}

/** Where the third list begins, its bracket left out. */
function findSources(bytes: Buffer): number {
  const derivations = bytes.indexOf(NEXT_LIST);
  const sources = derivations < 0 ? -1 : bytes.indexOf(NEXT_LIST, derivations + 2);
  return sources < 0 ? -1 : sources + 2;
}
