import { walk } from "#lib/ingest/squash/tree-node.ts";
import type { FileNode } from "#lib/model/file-tree.ts";
import { EntryKind } from "#lib/model/layer.ts";
import type { Finding, FindingKind } from "#lib/model/rebase-answer.ts";
import { isFlipped, typeOfEntry } from "../check-types.ts";
import { counted } from "../counted.ts";
import type { MovedEntry, RebaseSides } from "../sides.ts";
import { isExpendable } from "./expendable.ts";
import { factsAt, factsOf, isSame } from "./facts.ts";
import type { LayerSteps } from "./layer-steps.ts";

/** What a whiteout hides of the new base that it did not hide of the old one. */
interface Hidden {
  /** Names that the old base does not have. */
  readonly added: readonly string[];
  /** Names with other contents or attributes than in the old base. */
  readonly changed: readonly string[];
}

/** A whiteout or an opaque directory: whether it hides what the base changed. */
export function findRemoved(
  sides: RebaseSides,
  entry: MovedEntry,
  steps: LayerSteps,
): { readonly finding: Finding } | undefined {
  const node = sides.newBase.lookup(entry.path);
  if (node === undefined) return undefined;
  const isOpaque = entry.kind === EntryKind.opaqueWhiteout;
  const hidden = compareBelow(sides, isOpaque ? [...node.children.values()] : [node]);
  const isMeant = hidden.added.length === 0 || steps.removes(entry.layer, entry.path);
  return toRemoved(sides, entry, { hidden, isMeant, kind: isOpaque ? "directory-replaced" : "removal-of-changed" });
}

/**
 * A file or link in the place of a directory that both bases have: whether it hides what the new base changed there. Most builders write no
 * whiteout for such a directory. One that only the new base has is the `types` check's.
 */
export function findReplaced(
  sides: RebaseSides,
  entry: MovedEntry,
  steps: LayerSteps,
): { readonly finding: Finding } | undefined {
  const node = sides.newBase.lookup(entry.path);
  if (node?.kind !== EntryKind.directory || isFlipped(sides, entry.path, typeOfEntry(entry.kind))) return undefined;
  const hidden = compareBelow(sides, [...node.children.values()]);
  const isMeant = hidden.added.length === 0 || steps.isCopied(entry.layer) || steps.removes(entry.layer, entry.path);
  return toRemoved(sides, entry, { hidden, isMeant, kind: "directory-replaced" });
}

function toRemoved(
  sides: RebaseSides,
  entry: MovedEntry,
  { hidden, isMeant, kind }: { readonly hidden: Hidden; readonly isMeant: boolean; readonly kind: FindingKind },
): { readonly finding: Finding } | undefined {
  const [first = hidden.changed[0]] = hidden.added;
  if (first === undefined) return undefined;
  const name = sides.images.newBase.name;
  const finding: Finding = {
    kind,
    weight: isMeant ? "note" : "blocks",
    path: entry.path,
    layer: entry.layer,
    evidence: `${counted(hidden.added.length, "name")} added and ${hidden.changed.length} changed in ${name}, the first ${first}; all hidden by layer ${entry.layer}`,
    message: isMeant
      ? `The image removes it, and would remove what ${name} has in its place.`
      : `The image removed what was there, and would remove what ${name} added, which it never had.`,
  };
  return { finding };
}

function compareBelow(sides: RebaseSides, starts: readonly FileNode[]): Hidden {
  const [added, changed]: [string[], string[]] = [[], []];
  for (const node of starts.flatMap((start) => [...walk(start)])) {
    const { path } = node;
    if (isExpendable(path)) continue;
    const before = factsAt(sides.oldBase, path);
    if (before === undefined) added.push(path);
    else if (node.kind !== EntryKind.directory && !isSame(before, factsOf(sides.newBase, node))) changed.push(path);
  }
  return { added, changed };
}
