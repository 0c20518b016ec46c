import { EntryKind } from "#lib/model/layer.ts";
import type { Finding } from "#lib/model/rebase-answer.ts";
import { isFlipped } from "../check-types.ts";
import type { MergedFile, MovedEntry, RebaseSides } from "../sides.ts";
import { isExpendable } from "./expendable.ts";
import { factsAt, isSame, type PathFacts, shortContent } from "./facts.ts";
import type { LayerSteps } from "./layer-steps.ts";
import { mergeDirectory } from "./merge-directory.ts";

/** One path that the image's layers wrote and the new base changed, on all sides. */
interface BothWrote {
  readonly entry: MovedEntry;
  readonly oldBase: PathFacts | undefined;
  readonly newBase: PathFacts;
  readonly image: PathFacts;
}

export interface Overwritten {
  readonly finding: Finding;
  readonly merged?: MergedFile;
}

/** A path that the image's layers wrote: whether that hides what the base changed. `undefined`: it hides nothing. */
export function findOverwritten(sides: RebaseSides, entry: MovedEntry, steps: LayerSteps): Overwritten | undefined {
  const both = compareAt(sides, entry);
  if (both === undefined) return undefined;
  const isContent = both.newBase.content !== both.image.content;
  // A directory where the base has another type than before is the `types` check's.
  const isOfTypes = entry.kind === EntryKind.directory && isFlipped(sides, entry.path, "directory");
  if (isContent) return isOfTypes ? undefined : { finding: toHiddenContent(sides, both, steps) };
  const finding = toHiddenAttributes(sides, both, steps);
  const merged = finding.weight === "blocks" ? mergeDirectory(sides, entry.path) : undefined;
  return merged === undefined ? { finding } : { finding: toMergedAttributes(sides, finding), merged };
}

function toMergedAttributes({ images }: RebaseSides, finding: Finding): Finding {
  const message = `The image lists the directory as it was, and would undo what ${images.newBase.name} changed of it.`;
  return { ...finding, weight: "merges", message };
}

function compareAt({ oldBase, newBase, after, newBaseLayers }: RebaseSides, entry: MovedEntry): BothWrote | undefined {
  const node = after.lookup(entry.path);
  // Removed again above, or only a name of a file below.
  if (node === undefined || node.layer < newBaseLayers) return undefined;
  // A layer above has made a directory of a file, or the reverse.
  if ((node.kind === EntryKind.directory) !== (entry.kind === EntryKind.directory)) return undefined;
  const [before, now, image] = [factsAt(oldBase, entry.path), factsAt(newBase, entry.path), factsAt(after, entry.path)];
  if (now === undefined || image === undefined || isSame(before, now) || isSame(image, now)) return undefined;
  const differs = now.content !== image.content || (now.attributes !== "" && now.attributes !== image.attributes);
  return differs ? { entry, oldBase: before, newBase: now, image } : undefined;
}

function toHiddenContent(sides: RebaseSides, both: BothWrote, steps: LayerSteps): Finding {
  const { entry, oldBase, newBase, image } = both;
  const isCopied = steps.isCopied(entry.layer);
  const name = sides.images.newBase.name;
  const sidesOf = `${shortContent(oldBase)} → ${shortContent(newBase)} in ${name}; ${shortContent(image)} in layer ${entry.layer}`;
  return {
    kind: "content-hidden",
    weight: isCopied || isExpendable(entry.path) || isUnchanged(both) === "base" ? "note" : "blocks",
    path: entry.path,
    layer: entry.layer,
    evidence: sidesOf,
    message: describeContent(both, name, isCopied),
  };
}

/** Which side has the content of the old base; a base that only changed attributes has. */
function isUnchanged({ oldBase, newBase, image }: BothWrote): "base" | "image" | undefined {
  if (oldBase?.content === newBase.content) return "base";
  return oldBase?.content === image.content ? "image" : undefined;
}

function describeContent(both: BothWrote, name: string, isCopied: boolean): string {
  if (isCopied)
    return `The file that the build copied would hide that of ${name}, as it does when the image is built again.`;
  if (isUnchanged(both) === "image") return `The old base's copy in this layer would hide the update in ${name}.`;
  if (isUnchanged(both) === "base") return `${name} changed only its attributes, and the image has another file.`;
  return `The image and ${name} both changed it, and one of the two changes would be lost.`;
}

/** Contents are equal on both sides, or both are directories. */
function toHiddenAttributes(sides: RebaseSides, both: BothWrote, steps: LayerSteps): Finding {
  const { entry, oldBase, newBase, image } = both;
  const name = sides.images.newBase.name;
  const isChosen = oldBase !== undefined && oldBase.attributes === newBase.attributes;
  const isCopied = oldBase === undefined && steps.isCopied(entry.layer);
  return {
    kind: "attributes-hidden",
    weight: isChosen || isCopied || isExpendable(entry.path) ? "note" : "blocks",
    path: entry.path,
    layer: entry.layer,
    evidence: `${oldBase?.attributes ?? "absent"} → ${newBase.attributes} in ${name}; ${image.attributes} in layer ${entry.layer}`,
    message: `The image's mode, owner or attributes would take the place of those that ${name} has.`,
  };
}
