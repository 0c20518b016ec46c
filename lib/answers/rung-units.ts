import type { Pool } from "pg";
import { buildRung } from "#lib/analysis/sharing/build-rung.ts";
import { buildChunkRung } from "#lib/analysis/sharing/chunk-units.ts";
import type { RungUnits } from "#lib/analysis/sharing/rung.ts";
import { listManifestOnly } from "#lib/db/queries/list-manifest-only.ts";
import { loadCutBodies } from "#lib/db/queries/load-chunk-sets.ts";
import type { Queryable } from "#lib/db/queries/queryable.ts";
import type { ArtifactPart } from "#lib/model/artifact-part.ts";
import { CHUNK_SIZES } from "#lib/model/chunk.ts";
import { contentIdsOf, type Holding } from "#lib/model/holding.ts";
import { UsageError } from "#lib/model/problem.ts";
import { CONTENT_RUNG_NAMES, DOWNLOAD_RUNG_NAMES, type DownloadRungName, type RungName } from "#lib/model/rung.ts";
import { loadPartHoldings } from "./parts.ts";

/** A rung by content. */
type ContentRungName = (typeof CONTENT_RUNG_NAMES)[number];

/** The rung of a set: by content, or by downloads if an image of the set is known by its manifest alone. */
export type SetRung =
  | { readonly by: "content"; readonly rung: ContentRungName }
  | { readonly by: "download"; readonly rung: DownloadRungName };

/** Whether an image of the set is known by its manifest alone. */
export async function isKnownByManifest(db: Queryable, parts: readonly ArtifactPart[]): Promise<boolean> {
  const ids = [...new Set(parts.map(({ id }) => id))];
  return (await listManifestOnly(db, ids)).length > 0;
}

/** The asked rung or, without one, the finest of layers or `file`. Throws a UsageError if the set does not have it. */
export async function chooseRung(
  db: Queryable,
  parts: readonly ArtifactPart[],
  asked: RungName | undefined,
): Promise<SetRung> {
  const isByDownload = await isKnownByManifest(db, parts);
  const found = isByDownload ? findDownloadRung(asked ?? "layer") : findContentRung(asked ?? "file");
  if (found !== undefined) return found;
  throw new UsageError(
    isByDownload
      ? `an artifact of the set is known by its manifest alone, so its rungs are ${DOWNLOAD_RUNG_NAMES.join(", ")}; ${asked} is not known`
      : `${asked} is a rung of sets with an artifact known by its manifest alone; use ${CONTENT_RUNG_NAMES.join(", ")}`,
  );
}

interface RungQuestion {
  readonly parts: readonly ArtifactPart[];
  readonly rung?: RungName | undefined;
}

/** The asked rung if the set has it, else `layer`. */
export async function fitRung(db: Queryable, { parts, rung: asked }: RungQuestion): Promise<RungName | undefined> {
  if (asked === undefined) return undefined;
  const find = (await isKnownByManifest(db, parts)) ? findDownloadRung : findContentRung;
  return find(asked)?.rung ?? "layer";
}

function findDownloadRung(asked: RungName): SetRung | undefined {
  const rung = DOWNLOAD_RUNG_NAMES.find((name) => name === asked);
  return rung && { by: "download", rung };
}

function findContentRung(asked: RungName): SetRung | undefined {
  const rung = CONTENT_RUNG_NAMES.find((name) => name === asked);
  return rung && { by: "content", rung };
}

/** The units of one rung over these artifacts, or parts of them. */
export async function buildRungUnits(
  db: Pool,
  parts: readonly ArtifactPart[],
  rung: ContentRungName,
): Promise<RungUnits> {
  const holdings = await loadPartHoldings(db, parts);
  if (rung === "chunk") return loadChunkUnits(db, holdings);
  return buildRung(rung, holdings);
}

/** The `chunk` rung, with chunks of the default sizes: an estimate if a body is not chunked. */
export async function loadChunkUnits(db: Queryable, holdings: readonly Holding[]): Promise<RungUnits> {
  return buildChunkRung(holdings, await loadCutBodies(db, holdings.map(contentIdsOf), CHUNK_SIZES));
}
