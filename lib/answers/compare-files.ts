import type { ComponentDifference, DifferenceSide } from "#lib/analysis/sharing/diff-components.ts";
import { diffFiles, type FileDifference } from "#lib/analysis/sharing/diff-files.ts";
import { listDifferingNames, listNamesBeyond } from "#lib/db/queries/list-differing-names.ts";
import { type ItemName, listItemFiles } from "#lib/db/queries/list-item-files.ts";
import type { Queryable } from "#lib/db/queries/queryable.ts";
import {
  type ClosureHolding,
  contentIdsOf,
  type Holding,
  hasAllFiles,
  type ImageHolding,
  type VisibleName,
} from "#lib/model/holding.ts";

/** The files of two artifacts that differ, and how they were paired. */
export interface FileComparison {
  readonly by: "path" | "content";
  readonly rows: readonly FileDifference[];
}

/**
 * The files of two artifacts that differ; `undefined` if they are not known. `components` is the difference of the two. Paths
 * have no leading slash.
 *
 * - Two images: by path.
 * - Two closures: by path inside each pair of items that the components match; all files of an unmatched item are added or
 *   removed. A path begins with the item's store path, the right one of a pair. Unchanged items are not read.
 * - An image and a closure: by content, for their paths cannot match (unless the image contains a store of its own). A regular
 *   file whose content the other side has anywhere is the same, whatever its name, and every other is removed or added.
 *   Links are not compared.
 */
export async function compareFiles(
  db: Queryable,
  [left, right]: readonly [Holding, Holding],
  components: readonly ComponentDifference[],
): Promise<FileComparison | undefined> {
  if (left.kind === "image" && right.kind === "image") {
    const names = await listDifferingNames(db, left.artifactId, right.artifactId);
    return { by: "path", rows: diffFiles(names.left, names.right) };
  }
  if (left.kind === "closure" && right.kind === "closure") return compareClosures(db, [left, right], components);
  if (left.kind === "sbom" || right.kind === "sbom") return undefined;
  if (!hasAllFiles(left) || !hasAllFiles(right)) return undefined;
  const [before, after] = await Promise.all([
    listBeyond(db, left, right, { components, side: "left" }),
    listBeyond(db, right, left, { components, side: "right" }),
  ]);
  return { by: "content", rows: diffFiles(before, after) };
}

type FiledHolding = ImageHolding | ClosureHolding;

interface Side {
  readonly components: readonly ComponentDifference[];
  readonly side: "left" | "right";
}

async function compareClosures(
  db: Queryable,
  [left, right]: readonly [ClosureHolding, ClosureHolding],
  components: readonly ComponentDifference[],
): Promise<FileComparison | undefined> {
  const changed = components.filter(({ change }) => change !== "same");
  const prefixes = [
    findPrefixes(left, { components: changed, side: "left" }, true),
    findPrefixes(right, { components: changed, side: "right" }, true),
  ];
  if (!isRead(left, changed, "left") || !isRead(right, changed, "right")) return undefined;
  const [before, after] = await Promise.all(
    prefixes.map(async (prefixOf) => place(await listItemFiles(db, [...prefixOf.keys()]), prefixOf)),
  );
  return { by: "path", rows: diffFiles(before!, after!) };
}

function isRead({ items }: ClosureHolding, components: readonly ComponentDifference[], side: Side["side"]): boolean {
  return components.every((row) => row[side] === null || items.bodies?.known[row[side].nodeIndex] === 1);
}

/** Component id → the store path under which the item's files are listed: its own, or, for `paired`, the right one of a pair. */
function findPrefixes({ items }: ClosureHolding, { components, side }: Side, paired: boolean): Map<number, string> {
  const prefixes = new Map<number, string>();
  for (const row of components) {
    const held: DifferenceSide | null = row[side];
    if (held === null) continue;
    prefixes.set(items.componentId[held.nodeIndex]!, paired ? (row.right ?? held).id : held.id);
  }
  return prefixes;
}

function place(names: readonly ItemName[], prefixOf: ReadonlyMap<number, string>): VisibleName[] {
  return names.map(({ componentId, path, ...name }) => {
    const prefix = prefixOf.get(componentId)!.slice(1);
    return { ...name, path: path === "" ? prefix : `${prefix}/${path}` };
  });
}

/** The regular files of `held` whose content `other` does not have. */
async function listBeyond(db: Queryable, held: FiledHolding, other: Holding, side: Side): Promise<VisibleName[]> {
  const contents = new Set(contentIdsOf(other));
  if (held.kind === "image") return listNamesBeyond(db, held.artifactId, contents);
  return listItemsBeyond(db, held, contents, side);
}

/** Only items with such a file are read. */
async function listItemsBeyond(
  db: Queryable,
  held: ClosureHolding,
  contents: ReadonlySet<number>,
  side: Side,
): Promise<VisibleName[]> {
  const { componentId, bodies } = held.items;
  const beyond = new Set<number>();
  if (bodies !== undefined) {
    for (const [row, id] of bodies.contentId.entries()) {
      if (!contents.has(id)) beyond.add(componentId[bodies.item[row]!]!);
    }
  }
  const names = await listItemFiles(db, [...beyond]);
  const files = names.filter(({ contentId }) => contentId >= 0 && !contents.has(contentId));
  return place(files, findPrefixes(held, side, false));
}
