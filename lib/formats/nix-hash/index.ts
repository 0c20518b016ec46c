/** Bytes of each algorithm that Nix knows (`hash.cc`). */
const HASH_BYTES: Readonly<Record<string, number>> = { md5: 16, sha1: 20, sha256: 32, sha512: 64 };
const HASH = /^(md5|sha1|sha256|sha512)([:-])([0-9A-Za-z+/=]+)$/;
const DIGITS = "0123456789abcdfghijklmnpqrsvwxyz";

/**
 * A hash as a store's database writes it, `ALGORITHM:` and base 16, from any form that Nix reads: base 16, its own base 32, base 64,
 * or SRI with a dash. `undefined` if it is none of them, or has another length.
 */
export function toBase16Hash(text: string): string | undefined {
  const [, algorithm = "", , digits = ""] = HASH.exec(text) ?? [];
  const bytes = decode(digits, HASH_BYTES[algorithm] ?? 0);
  return bytes === undefined ? undefined : `${algorithm}:${Buffer.from(bytes).toString("hex")}`;
}

/** The length decides the form, as in Nix: no two forms of one algorithm have the same length. */
function decode(digits: string, byteCount: number): Uint8Array | undefined {
  if (byteCount === 0) return undefined;
  if (digits.length === byteCount * 2) return /^[0-9a-f]+$/i.test(digits) ? Buffer.from(digits, "hex") : undefined;
  if (digits.length === Math.ceil((byteCount * 8) / 5)) return decodeBase32(digits, byteCount);
  const bytes = Buffer.from(digits, "base64");
  return bytes.length === byteCount && digits.length === Math.ceil(byteCount / 3) * 4 ? bytes : undefined;
}

/** Nix' base 32 (`base-nix-32.cc`): the last digit has the lowest five bits of the first byte. */
function decodeBase32(digits: string, byteCount: number): Uint8Array | undefined {
  const bytes = new Uint8Array(byteCount);
  for (let n = 0; n < digits.length; n++) {
    const digit = DIGITS.indexOf(digits[digits.length - 1 - n]!);
    if (digit === -1) return undefined;
    const [at, shift] = [Math.floor((n * 5) / 8), (n * 5) % 8];
    bytes[at]! |= (digit << shift) & 0xff;
    const carry = digit >> (8 - shift);
    if (carry === 0) continue;
    if (at + 1 >= byteCount) return undefined;
    bytes[at + 1]! |= carry;
  }
  return bytes;
}

/** A hash as a store's database writes it, in Nix' base 32, as signatures and narinfos have it. "" stays "". */
export function toBase32Hash(base16: string): string {
  const colon = base16.indexOf(":");
  return `${base16.slice(0, colon + 1)}${encodeBase32(Buffer.from(base16.slice(colon + 1), "hex"))}`;
}

function encodeBase32(bytes: Uint8Array): string {
  let digits = "";
  for (let n = Math.ceil((bytes.length * 8) / 5) - 1; n >= 0; n--) {
    const [at, shift] = [Math.floor((n * 5) / 8), (n * 5) % 8];
    digits += DIGITS[(((bytes[at] ?? 0) >> shift) | ((bytes[at + 1] ?? 0) << (8 - shift))) & 31];
  }
  return digits;
}
