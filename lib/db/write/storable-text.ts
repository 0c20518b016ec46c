/**
 * Postgres text cannot contain NUL, and UTF-8 no lone surrogate. Paths are cleaned where they are read; other text from an image
 * may contain both. Both become U+FFFD.
 */
export function toStorable(text: string): string {
  const whole = text.isWellFormed() ? text : text.toWellFormed();
  return whole.includes("\0") ? whole.replaceAll("\0", "\ufffd") : whole;
}

/** The same for a JSON value, where these characters are escaped as `\\u0000` or `\\ud800` and rejected all the same. */
export function toStorableJson(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) => (typeof part === "string" ? toStorable(part) : part));
}
