import type { Pool } from "pg";
import { type LineageLayerRow, type LineageRow, loadLineage } from "#lib/db/queries/load-lineage.ts";
import { toArtifactId } from "#lib/model/artifact-id.ts";
import type { LineageImage } from "#lib/model/lineage.ts";
import { sumKnown } from "#lib/model/sum-known.ts";
import { countAbove, listChildren } from "./families.ts";
import { type FoundBase, findBases } from "./find-bases.ts";
import { findMoved, findStale, type Moved, type Stale } from "./find-stale.ts";

/** All stored images with their bases: everything that answers about lineage are made of. Lists are by position in `rows`. */
export interface Families {
  readonly rows: readonly LineageRow[];
  readonly images: readonly LineageImage[];
  /** -1 for an image that stands on none. */
  readonly bases: readonly number[];
  readonly children: readonly (readonly number[])[];
  readonly moved: readonly (Moved | undefined)[];
  readonly stale: readonly Stale[];
}

export async function loadFamilies(db: Pool): Promise<Families> {
  return toFamilies(await loadLineage(db));
}

/** Which image stands on which, and which of them are stale. */
export function toFamilies(rows: readonly LineageRow[]): Families {
  const found = findBases(rows.map(({ layers, ...row }) => ({ ...row, chain: layers.map(({ chainId }) => chainId) })));
  const bases = found.map((each) => each?.base ?? -1);
  const children = listChildren(bases);
  const moved = findMoved(rows);
  const stale = findStale(rows, bases, moved);
  const staleImages = new Set(stale.map(({ image }) => image));
  const counts = countAbove(bases);
  const images = rows.map((row, i) => ({
    ...toBase(rows, row, found[i]),
    stale: staleImages.has(i),
    directCount: children[i]!.length,
    imageCount: counts[i]!,
    moved: toMovedName(rows, moved[i]),
  }));
  return { rows, images, bases, children, moved, stale };
}

function toBase(rows: readonly LineageRow[], row: LineageRow, found: FoundBase | undefined) {
  const { digest, name, platform, layers } = row;
  const sharedLayers = found?.sharedLayers ?? 0;
  const upper = layers.slice(sharedLayers);
  return {
    id: toArtifactId(digest),
    digest,
    name,
    platform,
    base: found === undefined ? null : toArtifactId(rows[found.base]!.digest),
    evidence: found?.evidence ?? null,
    layerCount: layers.length,
    sharedLayers,
    sharedBytes: sumOf(layers.slice(0, sharedLayers), "contentSize"),
    upper: upper.map(({ diffId, chainId, contentSize, downloadSize }) => ({
      diffId,
      chainId,
      contentSize,
      downloadSize,
    })),
    storeBytes: sumOf(upper, "contentSize"),
    pullBytes: sumOf(upper, "downloadSize"),
  };
}

/** `null` if the size of one is not known. */
export function sumOf(layers: readonly LineageLayerRow[], size: "contentSize" | "downloadSize"): number | null {
  return sumKnown(layers.map((layer) => layer[size] ?? undefined)) ?? null;
}

function toMovedName(rows: readonly LineageRow[], moved: Moved | undefined): LineageImage["moved"] {
  if (moved === undefined) return null;
  const { name, newer, since } = moved;
  return { name, newer: toArtifactId(rows[newer]!.digest), since };
}
