/**
 * The 256 numbers of the Gear hash: `hash = (hash << 1) + GEAR[byte]`, so that after 32 bytes a byte has left the hash.
 *
 * The paper uses random 64-bit numbers. JavaScript has fast integers of 32 bits only, so these are 32-bit, and the hash covers
 * the last 32 bytes instead of 64. They are computed (the finaliser of MurmurHash3 over multiples of the golden ratio), and must
 * never change: other numbers would move the cuts of everything stored.
 */
export const GEAR: Int32Array = Int32Array.from({ length: 256 }, (_, byte) => mix((byte + 1) * 0x9e3779b9));

/** fmix32 of MurmurHash3 (Appleby, public domain): each input bit changes each output bit with probability one half. */
function mix(seed: number): number {
  let word = seed | 0;
  word = Math.imul(word ^ (word >>> 16), 0x85ebca6b);
  word = Math.imul(word ^ (word >>> 13), 0xc2b2ae35);
  return word ^ (word >>> 16);
}
