import type { RebuildDifference } from "#lib/model/rebase-answer.ts";

/** Characters of a value: a digest is recognised by fewer. */
const MAX_VALUE = 24;

const cut = (value: string) => (value.length > MAX_VALUE ? `${value.slice(0, MAX_VALUE - 1)}…` : value || "none");

/** How a rebased image differs from its rebuild in one field: `only in the rebuilt image`, `mode 755, rebuilt 644`. */
export function rebuildDifferenceWords({ field, rebased, rebuilt }: Omit<RebuildDifference, "subject">): string {
  if (field === "presence") return `only in the ${rebased === "" ? "rebuilt" : "rebased"} image`;
  // Digests say nothing to a reader; the CSV file has them.
  if (field === "content") return "other content";
  if (field === "xattrs") return "other extended attributes";
  return `${field === "value" ? "" : `${field} `}${cut(rebased)}, rebuilt ${cut(rebuilt)}`;
}
