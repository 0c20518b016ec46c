import type { Pool } from "pg";
import type { RankedClass } from "#lib/analysis/advice/rank-classes.ts";
import { listEntryPaths } from "#lib/db/queries/list-entry-paths.ts";
import { type AdviceItem, type ClaimedThing, maskOf } from "#lib/model/advice.ts";
import type { KeptClaims } from "../kept/claims.ts";

/** Files or components named for each class. */
const SHOWN_LARGEST = 8;

interface Described {
  readonly kept: KeptClaims;
  readonly ranked: RankedClass;
}

/** A class in one artifact, with its layers and the largest of what it claims. */
export async function describeClass(db: Pool, described: Described): Promise<Omit<AdviceItem, "adds">> {
  const { kept, ranked } = described;
  const bit = maskOf([ranked.class]);
  const nodes = [...kept.nodeMask.keys()].filter((node) => (kept.nodeMask[node]! & bit) !== 0);
  const ofNodes = nodes.length > 0;
  const largest = ofNodes ? listLargestNodes(kept, nodes) : await listLargestFiles(db, described, bit);
  const count = ofNodes ? nodes.length : ranked.count;
  return { ...ranked, count, estimated: false, layers: sumLayers(kept, bit), largest };
}

function sumLayers({ claims, held }: KeptClaims, bit: number): AdviceItem["layers"] {
  if (held.kind !== "image") return [];
  const sums = new Float64Array(held.layers.length);
  for (let row = 0; row < claims.count; row++) {
    if ((claims.mask[row]! & bit) !== 0) sums[claims.layer[row]!]! += claims.bytes[row]!;
  }
  return Array.from(sums, (bytes, layer) => ({ layer, bytes }))
    .filter(({ bytes }) => bytes > 0)
    .sort((a, b) => b.bytes - a.bytes || a.layer - b.layer);
}

function listLargestNodes(kept: KeptClaims, nodes: readonly number[]): ClaimedThing[] {
  const size = (node: number) => kept.nodes[node]!.selfSize;
  const largest = nodes.toSorted((a, b) => size(b) - size(a) || a - b).slice(0, SHOWN_LARGEST);
  return largest.map((node) => {
    const { name, version } = kept.nodes[node]!;
    return { name: version === "" ? name : `${name} ${version}`, bytes: size(node), layer: null };
  });
}

async function listLargestFiles(db: Pool, { kept }: Described, bit: number): Promise<ClaimedThing[]> {
  const { claims, held } = kept;
  const rows = listLargestRows(kept, bit);
  if (held.kind !== "image") {
    // Of a store item, only the item is known here; its files would take another query each.
    const { nodes } = kept;
    return rows.map((row) => ({ name: nodes[claims.entry[row]!]!.name, bytes: claims.bytes[row]!, layer: null }));
  }
  const places = rows.map((row) => ({ layerId: held.layers[claims.layer[row]!]!.layerId, entry: claims.entry[row]! }));
  const paths = await listEntryPaths(db, places);
  return rows.map((row, i) => ({ name: `/${paths[i]!}`, bytes: claims.bytes[row]!, layer: claims.layer[row]! }));
}

/** In one pass that keeps the largest so far: sorting a million rows takes a second. */
function listLargestRows({ claims }: KeptClaims, bit: number): number[] {
  const largest: number[] = [];
  for (let row = 0; row < claims.count; row++) {
    if ((claims.mask[row]! & bit) === 0) continue;
    if (largest.length === SHOWN_LARGEST && claims.bytes[row]! <= claims.bytes[largest.at(-1)!]!) continue;
    const at = largest.findIndex((other) => claims.bytes[other]! < claims.bytes[row]!);
    largest.splice(at < 0 ? largest.length : at, 0, row);
    largest.length = Math.min(largest.length, SHOWN_LARGEST);
  }
  return largest;
}
