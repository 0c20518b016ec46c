import { formatCount } from "./bytes.ts";

const MAX_PARTS = 4;

/** Names as part of a sentence, the last part a count if there are more than four: `a, b, c and 7 more`. `count`: all names, listed or not. */
export function listNames(names: readonly string[], count = names.length): string {
  if (count === names.length && count <= MAX_PARTS) return names.join(", ");
  const shown = names.slice(0, MAX_PARTS - 1);
  return `${shown.join(", ")} and ${formatCount(count - shown.length)} more`;
}
