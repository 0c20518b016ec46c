import "server-only";
import type { LineageImage, LineageOverview } from "#lib/model/lineage.ts";
import { answerLineageOverview } from "#lib/moves/lineage/answer-lineage.ts";
import { database } from "./database.ts";
import { orNotFound } from "./or-not-found.ts";

export interface LineageFilter {
  /** Part of a name. */
  readonly q: string;
  readonly show: "all" | "stale" | "alone";
  /** Id of the base that might move. */
  readonly base: string;
}

export interface LineageView extends LineageOverview {
  /** The images that pass the filter. */
  readonly matching: readonly LineageImage[];
  /** The lowest image of each family with a matching member, the largest family first. */
  readonly roots: readonly LineageImage[];
  /** Images that stand on none, and on which none stands. */
  readonly alone: readonly LineageImage[];
}

/** Which image stands on which. */
export async function loadLineage({ q, show, base }: LineageFilter): Promise<LineageView> {
  const db = await database();
  const overview = await orNotFound(() => answerLineageOverview(db, base === "" ? undefined : base));
  const { images } = overview;
  const wanted = q.toLowerCase();
  const matching = images.filter((image) => image.name.toLowerCase().includes(wanted) && isShown(image, show));
  return { ...overview, matching, roots: listRoots(images, matching), alone: images.filter(isAlone) };
}

function isShown(image: LineageImage, show: LineageFilter["show"]): boolean {
  if (show === "stale") return image.stale;
  return show === "all" || isAlone(image);
}

function isAlone({ base, imageCount }: LineageImage): boolean {
  return base === null && imageCount === 0;
}

function listRoots(images: readonly LineageImage[], matching: readonly LineageImage[]): LineageImage[] {
  const byId = new Map(images.map((image) => [image.id, image]));
  const roots = new Set<LineageImage>();
  for (const image of matching) {
    let root = image;
    while (root.base !== null) root = byId.get(root.base)!;
    if (root.imageCount > 0) roots.add(root);
  }
  return [...roots].sort((a, b) => b.imageCount - a.imageCount || (a.name < b.name ? -1 : 1));
}
