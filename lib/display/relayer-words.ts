import type { HeldGroups, LayerTotals, RelayerAnswer, RelayerGoal, RelayerUpdate } from "#lib/model/relayer-answer.ts";
import { formatBytes, formatCounted, formatShare } from "./bytes.ts";
import { listNames } from "./list-names.ts";

/** What a cut is for, in a sentence. */
export const RELAYER_GOAL_WORDS: Readonly<Record<RelayerGoal, string>> = {
  set: "cut for the bytes of all images together",
  update: "cut for the bytes of the next update",
};

/** `298.1 MiB in 10 layers`. */
export function layerTotalsWords({ bytes, layers }: LayerTotals): string {
  return `${formatBytes(bytes)} in ${formatCounted(layers, "layer")}`;
}

/** How much of what layers need beyond single files is saved, and how much of what layers can share; "" if they need no more. */
export function closedGapWords(answer: RelayerAnswer): string {
  const { before, after, fileBytes, floorBytes } = answer;
  const gap = before.bytes - fileBytes;
  if (gap <= 0) return "";
  const share = formatShare(before.bytes - after.bytes, gap);
  const sharable = sharedWords(answer);
  const ofLayers = sharable === "" ? "" : `, which is ${sharable} (${formatBytes(floorBytes)})`;
  return `${share} of the gap between layers and single files (${formatBytes(fileBytes)}) is closed${ofLayers}`;
}

/** The part that is saved of what layers can share with all names and attributes kept; "" if that is nothing. */
function sharedWords({ before, after, floorBytes }: RelayerAnswer): string {
  const sharable = before.bytes - floorBytes;
  return sharable <= 0 ? "" : `${formatShare(before.bytes - after.bytes, sharable)} of what layers can share`;
}

/** What a page calls the goals, and what each is for. */
export const RELAYER_GOAL_LABELS: Readonly<Record<RelayerGoal, string>> = {
  set: "Smallest set",
  update: "Small updates",
};
export const RELAYER_GOAL_DEFINITIONS: Readonly<Record<RelayerGoal, string>> = {
  set: "Files that are in the same images share a layer, so that all images together need few bytes. Adding an image changes the layers.",
  update:
    "Each component gets a layer that stays where it is from version to version, so that the next version pulls little.",
};

/** The answer of a page: what the images need before and after, and how much of the gap to single files that is. */
export function relayeredWords(answer: RelayerAnswer): string {
  const { images, before, after, fileBytes } = answer;
  const [first] = images;
  const whose = images.length === 1 ? `${first!.name} needs` : `These ${images.length} images need`;
  const today = `${whose} ${layerTotalsWords(before)} today, and ${layerTotalsWords(after)} once relayered`;
  const gap = before.bytes - fileBytes;
  if (gap <= 0) return `${today}: no file is stored twice today, so that there is nothing to save.`;
  const saved = before.bytes - after.bytes;
  if (saved <= 0) return `${today}: none of the gap between layers and single files is closed.`;
  const sharable = sharedWords(answer);
  const ofLayers = sharable === "" ? "" : `, which is ${sharable} without changing a file's name or attributes`;
  return `${today}: ${formatShare(saved, gap)} of the gap between layers and single files is closed${ofLayers}.`;
}

/** What all updates pull, in each of three ways. */
export function updatesWords(updates: readonly RelayerUpdate[]): string {
  const { built, fresh, kept, total } = sumUpdates(updates);
  const ways = `${formatBytes(built)} as built, ${formatBytes(fresh)} with a new plan each time, and ${formatBytes(kept)} if the first plan is kept`;
  const reused = total === 0 ? "" : `: ${formatShare(total - kept, total)} of the bytes are reused`;
  return updates.length === 1
    ? `The update pulls ${ways}${reused}.`
    : `The ${updates.length} updates pull ${ways}${reused}.`;
}

type UpdateSums = Readonly<Record<"built" | "fresh" | "kept" | "total" | "files", number>>;

/** Of all updates together. */
export function sumUpdates(updates: readonly RelayerUpdate[]): UpdateSums {
  const sums = { built: 0, fresh: 0, kept: 0, total: 0, files: 0 };
  for (const update of updates) {
    for (const field of ["built", "fresh", "kept", "total", "files"] as const) sums[field] += update[field];
  }
  return sums;
}

/** `libc6, libssl3t64 and 12 more`; "directories" for a layer without files. */
export function groupsWords({ count, largest }: HeldGroups): string {
  if (count === 0) return "directories";
  return listNames(largest.map(groupWords), count);
}

/** Kinds of groups that have no name of a package: a program may have the name of the package beside it. */
const KIND_WORDS: Readonly<Record<string, (name: string) => string>> = {
  unowned: (name) => `/${name} (no package)`,
  binary: (name) => `${name} (program)`,
};

/** The name of a package; what belongs to none by its folder. */
function groupWords(group: string): string {
  const colon = group.indexOf(":");
  const name = group.slice(colon + 1);
  return KIND_WORDS[group.slice(0, colon)]?.(name) ?? name;
}
