/**
 * The 256 numbers of the Gear hash: `hash = (hash << 1) + GEAR[byte]`, so that after 32 bytes a byte has left the hash.
 *
 * The paper takes random 64-bit numbers. JavaScript has fast integers of 32 bits only, so these are 32-bit, and the hash
 * sees the last 32 bytes rather than 64. They are not drawn but computed (the finaliser of MurmurHash3 over multiples of
 * the golden ratio), the same on every machine and for ever: other numbers would cut everything that is stored anew.
 */
export const GEAR: Int32Array = Int32Array.from({ length: 256 }, (_, byte) => mix((byte + 1) * 0x9e3779b9));

/** fmix32 of MurmurHash3 (Appleby, public domain): each bit of the input changes each of the output half the time. */
function mix(seed: number): number {
  let word = seed | 0;
  word = Math.imul(word ^ (word >>> 16), 0x85ebca6b);
  word = Math.imul(word ^ (word >>> 13), 0xc2b2ae35);
  return word ^ (word >>> 16);
}
