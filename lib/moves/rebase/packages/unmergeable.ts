import type { Finding } from "#lib/model/rebase-answer.ts";
import type { BothWritten } from "../both-written.ts";

/** A package database that both sides changed, and that nothing here can merge. */
export function toUnmergeable({ path, entries }: BothWritten, evidence: string): Finding {
  const { layer } = entries.ours;
  const message = `Layer ${layer} would hide the new base's package database, and the two cannot be merged.`;
  return { kind: "database-unmergeable", weight: "blocks", path, layer, evidence, message };
}
