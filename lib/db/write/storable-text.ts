/**
 * Postgres' text holds no NUL and UTF-8 no half of a surrogate pair. What is a path is spelled without them where it is read;
 * other text from an image may hold any. Both become U+FFFD.
 */
export function toStorable(text: string): string {
  const whole = text.isWellFormed() ? text : text.toWellFormed();
  return whole.includes("\0") ? whole.replaceAll("\0", "\ufffd") : whole;
}

/** The same for a value stored as JSON, where such characters are spelled `\\u0000` or `\\ud800` and as unwelcome. */
export function toStorableJson(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) => (typeof part === "string" ? toStorable(part) : part));
}
