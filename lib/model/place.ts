import { hash } from "node:crypto";

/** Bits of a place: as many as a number represents exactly. */
const PLACE_BITS = 53;

/**
 * The place of an owned file, in whichever image: the first 53 bits of SHA-256 over its owner's identity (a purl), a NUL (which
 * neither can contain) and its path.
 *
 * The `package` rung's unit is (purl, path, sha256), compared as (place, content), so two units are confused only if their
 * contents are equal and their places collide. Among n files of one content the probability is n² / 2^54; a deliberate collision
 * would only hide a second copy of one file from a sum.
 */
export function placeOf(identity: string, path: string): number {
  // As text: a buffer for each of 100,000 files costs twice the time.
  const digits = hash("sha256", `${identity}\0${path}`, "hex");
  return (
    Number.parseInt(digits.slice(0, 8), 16) * 2 ** (PLACE_BITS - 32) +
    (Number.parseInt(digits.slice(8, 16), 16) >>> (64 - PLACE_BITS))
  );
}
