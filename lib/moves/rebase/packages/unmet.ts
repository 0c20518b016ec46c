import { toDiscoveryOptions } from "#lib/ingest/image/discovery-options.ts";
import { isDocument } from "#lib/ingest/layers/documents.ts";
import { detectComponents, type FoundComponents } from "#lib/ingest/packages/detect-components.ts";
import type { FileTree } from "#lib/model/file-tree.ts";
import type { Problem } from "#lib/model/problem.ts";
import type { Finding } from "#lib/model/rebase-answer.ts";
import { toImageLayer } from "../image-layer.ts";
import type { MergedFile, RebaseSides } from "../sides.ts";

/** Needs that packages declare: those that the rebased image does not meet, and those of them that were not met before. */
export interface UnmetNeeds {
  readonly findings: readonly Finding[];
  readonly before: readonly Finding[];
}

/**
 * The declared dependencies that nothing in the rebased image meets, by the rules of each ecosystem. What the image on its old base, or
 * the new base alone, does not meet either is not the rebase's fault.
 */
export function findUnmet(sides: RebaseSides, merged: readonly MergedFile[]): UnmetNeeds {
  const known = new Set(
    [sides.before, sides.newBase].flatMap(({ found }) => found.problems.filter(isDeclared).map(keyOf)),
  );
  const unmet = detectMerged(sides, merged).problems.filter(isDeclared);
  const toFinding = (problem: Problem) => toUnmet(sides, problem);
  return {
    findings: unmet.filter((problem) => !known.has(keyOf(problem))).map(toFinding),
    before: unmet
      .filter((problem) => known.has(keyOf(problem)))
      .map((problem) => ({ ...toFinding(problem), weight: "note" })),
  };
}

/** The components of the rebased image with its merged databases. */
function detectMerged(sides: RebaseSides, merged: readonly MergedFile[]): FoundComponents {
  if (merged.every(({ kind }) => kind !== "file")) return sides.after.found;
  const { image, newBase } = sides.images;
  const diffIds = [...newBase.diffIds, ...image.diffIds.slice(sides.oldBaseLayers)];
  return detectComponents(
    withDocuments(sides.after, merged),
    toDiscoveryOptions(sides.configs.image.parsed, image.source, diffIds),
  );
}

/** The tree with other contents of some of its files. */
function withDocuments(tree: FileTree, merged: readonly MergedFile[]): FileTree {
  const bodies = new Map(merged.flatMap((file) => (file.kind === "file" ? [[file.path, file.body] as const] : [])));
  return {
    root: tree.root,
    names: tree.names,
    lookup: (path) => tree.lookup(path),
    resolve: (path) => tree.resolve(path),
    get isExhausted() {
      return tree.isExhausted;
    },
    document: (node) => bodies.get(node.path) ?? tree.document(node),
    hashParts: (node) => tree.hashParts(node),
  };
}

/** What a package's metadata declare, unlike what a program's bytes show. */
function isDeclared({ code, path, unmet }: Problem): boolean {
  return code === "unresolved-dependency" && unmet !== undefined && isDocument(path);
}

/** The same need of another version of the component is the same. */
function keyOf({ unmet }: Problem): string {
  return `${unmet!.component.replace(/@[^?#]*/, "")} ${unmet!.need}`;
}

function toUnmet(sides: RebaseSides, { path, message, unmet }: Problem): Finding {
  const node = sides.after.lookup(path);
  const layer = node && toImageLayer(sides, node);
  return { kind: "dependency-unmet", weight: "blocks", path, layer, evidence: unmet!.need, message: `${message}.` };
}
