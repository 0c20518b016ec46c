const DIGEST_DIGITS = 64;
/** Fewer digits are a word, or the hash of a store path. */
const PREFIX = /^(?:sha256:)?([0-9a-f]{6,64})$/i;

/** The lowest and the highest digest that begins with the text, for an index; `undefined` if none can. */
export function digestRange(text: string): readonly [low: Buffer, high: Buffer] | undefined {
  const digits = PREFIX.exec(text)?.[1]?.toLowerCase();
  if (digits === undefined) return undefined;
  const padded = (digit: string) => Buffer.from(digits.padEnd(DIGEST_DIGITS, digit), "hex");
  return [padded("0"), padded("f")];
}
