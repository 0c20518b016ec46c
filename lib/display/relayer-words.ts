import type { LayerTotals, RelayerAnswer, RelayerGoal } from "#lib/model/relayer-answer.ts";
import { formatBytes, formatCounted } from "./bytes.ts";

/** What a cut is for, in a sentence. */
export const RELAYER_GOAL_WORDS: Readonly<Record<RelayerGoal, string>> = {
  set: "cut for the bytes of all images together",
  update: "cut for the bytes of the next update",
};

/** `298.1 MiB in 10 layers`. */
export function layerTotalsWords({ bytes, layers }: LayerTotals): string {
  return `${formatBytes(bytes)} in ${formatCounted(layers, "layer")}`;
}

/** How much of what layers need beyond single files is saved; "" if they need no more. */
export function closedGapWords({ before, after, fileBytes }: RelayerAnswer): string {
  const gap = before.bytes - fileBytes;
  if (gap <= 0) return "";
  const share = Math.floor((1000 * (before.bytes - after.bytes)) / gap) / 10;
  return `${share} % of the gap between layers and single files (${formatBytes(fileBytes)}) is closed`;
}
