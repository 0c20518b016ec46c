import { hash } from "node:crypto";

/** Bits of a place: as many as a number holds exactly. */
const PLACE_BITS = 53n;

/**
 * Where an owned file stands, whichever image it is in: the first 53 bits of SHA-256 over its owner's identity (a purl), a
 * NUL (which neither spelling holds) and its path.
 *
 * The `package` rung's unit is (purl, path, sha256): it is compared as (place, content), so two units are taken for one
 * only where their contents are the same and their places collide. Among n files of one content that happens with a chance
 * of n² / 2^54; whoever makes it happen on purpose has hidden a second copy of one file from a sum.
 */
export function placeOf(identity: string, path: string): number {
  const digest = hash("sha256", `${identity}\0${path}`, "buffer");
  return Number(digest.readBigUInt64BE(0) >> (64n - PLACE_BITS));
}
