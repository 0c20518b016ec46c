import { cutText } from "#lib/model/cut-text.ts";

/** Names listed in a message before the rest is counted, and characters of each. */
const MAX_LISTED = 10;
const MAX_LETTERS = 120;

/** Names for a one-line message, however many the source has: `a, b and 1,040,000 more`. */
export function listShort(names: readonly string[]): string {
  const listed = names
    .slice(0, MAX_LISTED)
    .map((name) => cutText(name, MAX_LETTERS))
    .join(", ");
  return names.length > MAX_LISTED ? `${listed} and ${names.length - MAX_LISTED} more` : listed;
}
