/** Units of dive's sizes (go-humanize `ParseBytes`): decimal, and binary with an i; the B may be left out. */
const PREFIXES = "kmgtpe";
const SIZE = /^(\d[\d,]*(?:\.\d*)?|\.\d+)\s*(?:([kmgtpe])(i)?)?b?$/i;

/**
 * A size in bytes, as go-humanize reads it: `20MB` is 20,000,000, `20 MiB` 20,971,520, `1.5k` 1500, a bare number is bytes, commas
 * are skipped, and fractions of a byte are cut. `undefined` for anything else, and beyond 2^53 − 1.
 */
export function parseSize(text: string): number | undefined {
  const [, number, prefix, binary] = SIZE.exec(text.trim()) ?? [];
  if (number === undefined) return undefined;
  const power = prefix === undefined ? 0 : PREFIXES.indexOf(prefix.toLowerCase()) + 1;
  const bytes = Math.trunc(Number(number.replaceAll(",", "")) * (binary === undefined ? 1000 : 1024) ** power);
  return Number.isSafeInteger(bytes) ? bytes : undefined;
}
