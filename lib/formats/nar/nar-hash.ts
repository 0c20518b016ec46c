const BASE16 = /^[0-9a-f]{64}$/i;
const BASE32 = /^[0-9abcdfghijklmnpqrsvwxyz]{52}$/;
const BASE64 = /^[0-9A-Za-z+/]{43}=$/;
const DIGITS = "0123456789abcdfghijklmnpqrsvwxyz";
const HASH_BYTES = 32;

/**
 * The 32 bytes of a SHA-256 as stores write it: `sha256:` and base 16 (databases), Nix' base 32 (narinfo) or base 64, or
 * `sha256-` and base 64 (SRI). `undefined` for any other text, including other kinds of hash.
 */
export function parseNarHash(text: string): Uint8Array | undefined {
  if (!/^sha256[:-]/.test(text)) return undefined;
  const digits = text.slice("sha256:".length);
  if (BASE64.test(digits)) return Buffer.from(digits, "base64");
  if (text[6] === "-") return undefined;
  if (BASE16.test(digits)) return Buffer.from(digits, "hex");
  return BASE32.test(digits) ? parseBase32(digits) : undefined;
}

/**
 * Nix' base 32 (`hash.cc`, `parseHash32`): the bytes as a little-endian number, five bits per digit, the highest digit first. 52
 * digits are 260 bits: the four above the 256th must be zero.
 */
function parseBase32(digits: string): Uint8Array | undefined {
  const bytes = new Uint8Array(HASH_BYTES + 1);
  for (let n = 0; n < digits.length; n++) {
    const digit = DIGITS.indexOf(digits[digits.length - 1 - n]!);
    const [byte, shift] = [(n * 5) >> 3, (n * 5) & 7];
    bytes[byte]! |= digit << shift;
    if (shift > 3) bytes[byte + 1]! |= digit >> (8 - shift);
  }
  return bytes[HASH_BYTES] === 0 ? bytes.subarray(0, HASH_BYTES) : undefined;
}
