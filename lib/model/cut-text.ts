const HIGH_SURROGATE = /[\ud800-\udbff]$/;

/** The text if it has at most `max` UTF-16 units; else its beginning and the length of the rest. Splits no character. */
export function cutText(text: string, max: number): string {
  if (text.length <= max) return text;
  const beginning = text.slice(0, max).replace(HIGH_SURROGATE, "");
  return `${beginning}… (${(text.length - beginning.length).toLocaleString("en-US")} more characters)`;
}
