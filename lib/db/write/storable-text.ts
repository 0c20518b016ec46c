/** Postgres' text holds no NUL. What is a path is spelled without one where it is read; other text from an image may hold any. */
export function toStorable(text: string): string {
  return text.includes("\0") ? text.replaceAll("\0", "\ufffd") : text;
}

/** The same for a value stored as JSON, where a NUL is spelled `\\u0000` and as unwelcome. */
export function toStorableJson(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) => (typeof part === "string" ? toStorable(part) : part));
}
