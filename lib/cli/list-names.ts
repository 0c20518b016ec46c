import { formatCounted } from "#lib/display/bytes.ts";

/** Names a message spells out. */
const SHOWN_NAMES = 4;

/** Names as part of a sentence: the first few, and how many more there are. */
export function listNames(names: readonly string[]): string {
  const shown = names.slice(0, SHOWN_NAMES).join(", ");
  return names.length <= SHOWN_NAMES ? shown : `${shown} and ${formatCounted(names.length - SHOWN_NAMES, "more name")}`;
}
