import type { Pool } from "pg";
import { findNeighbourLikeness } from "#lib/answers/neighbour-likeness.ts";
import { loadPartHoldings } from "#lib/answers/parts.ts";
import { whileWhole } from "#lib/answers/while-whole.ts";
import { listDetails } from "#lib/db/queries/get-artifact.ts";
import { listLayers } from "#lib/db/queries/list-layers.ts";
import { toArtifactId } from "#lib/model/artifact-id.ts";
import { GoneError, ManifestOnlyError, UsageError } from "#lib/model/problem.ts";
import type { PlanImage, RebasePlan, SameFiles } from "#lib/model/rebase-plan.ts";
import { type Families, loadFamilies } from "../../lineage/load-families.ts";

/** Images of a rebase by their database ids; `rebuilt`: the image as it was built anew, if that was named. */
export interface PlanQuestion {
  readonly image: number;
  readonly from: number;
  readonly to: number;
  readonly rebuilt: number | undefined;
}

/** Images that are offered as the rebuilt one. */
const MAX_CANDIDATES = 12;

/** What is known of a rebase before any layer is read. Throws a UsageError if one of the artifacts is no image. */
export async function answerRebasePlan(db: Pool, question: PlanQuestion): Promise<RebasePlan> {
  const families = await loadFamilies(db);
  const candidates = listOn(families, question);
  const rebuiltId = question.rebuilt ?? findRebuilt(families, candidates, question);
  const ids = [question.image, question.from, question.to, ...(rebuiltId === undefined ? [] : [rebuiltId])];
  const [image, from, to, rebuilt = null] = await loadImages(db, families, ids);
  return {
    image: image!,
    from: from!,
    to: to!,
    rebuilt,
    candidates: candidates
      .slice(0, MAX_CANDIDATES)
      .map((at) => families.images[at]!)
      .map(({ id, name, moved }) => ({ id, name, moved })),
    likeBase: await listLike(db, question.image, question.to),
    likeRebuilt: rebuiltId === undefined ? [] : await listLike(db, question.image, rebuiltId),
  };
}

/** Positions of the images that stand directly on the new base, without the image itself. */
function listOn({ rows, bases, images }: Families, { image, to }: PlanQuestion): number[] {
  const base = rows.findIndex(({ id }) => id === to);
  const on = [...bases.keys()].filter((at) => bases[at] === base && base !== -1 && rows[at]!.id !== image);
  return on.sort((a, b) => (images[a]!.name < images[b]!.name ? -1 : 1));
}

/** The image whose layers above the new base are exactly those of the image above the old one: a rebuild that gave the same layers. */
function findRebuilt({ rows }: Families, candidates: readonly number[], { image, from, to }: PlanQuestion) {
  const layersOf = (wanted: number) => rows.find(({ id }) => id === wanted)?.layers ?? [];
  const upper = toKey(layersOf(image).slice(layersOf(from).length));
  const baseCount = layersOf(to).length;
  const found = upper === "" ? undefined : candidates.find((at) => toKey(rows[at]!.layers.slice(baseCount)) === upper);
  return found === undefined ? undefined : rows[found]!.id;
}

function toKey(layers: readonly { readonly diffId: string }[]): string {
  return layers.map(({ diffId }) => diffId).join(" ");
}

async function loadImages(db: Pool, { rows, images }: Families, ids: readonly number[]): Promise<PlanImage[]> {
  const distinct = [...new Set(ids)];
  const [details, layers] = await Promise.all([listDetails(db, distinct), listLayers(db, distinct)]);
  const layersOf = Map.groupBy(layers, ({ artifactId }) => artifactId);
  return ids.map((id) => {
    const detail = details.find((each) => each.id === id);
    if (detail === undefined) throw new GoneError();
    const { digest, name, platform, source, kind } = detail;
    if (kind !== "image") throw new UsageError(`${name} is not an image: only images are rebased`);
    const { moved = null } = images[rows.findIndex((row) => row.id === id)] ?? {};
    return { id: toArtifactId(digest), digest, name, platform, moved, source, layers: layersOf.get(id) ?? [] };
  });
}

/** An image that is known by its manifest alone has no files to compare. */
async function listLike(db: Pool, left: number, right: number): Promise<SameFiles[]> {
  const parts = [{ id: left }, { id: right }];
  try {
    const [likeness] = findNeighbourLikeness(await whileWhole(db, parts, () => loadPartHoldings(db, parts)));
    return [...(likeness?.bands ?? [])];
  } catch (error) {
    if (error instanceof ManifestOnlyError) return [];
    throw error;
  }
}
