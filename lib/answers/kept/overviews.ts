import type { Overview } from "#lib/model/overview.ts";
import { listOverview, type OverviewAsked, type OverviewSource } from "../graph/list-overview.ts";
import { KeptByUse } from "./by-use.ts";

/** Nodes of cached overviews: some 500 bytes each with their edges, so at most about 50 MB. */
const KEPT_NODES = 100_000;

const kept = new KeptByUse<Overview, string>(KEPT_NODES, ({ nodes }) => nodes.length);

/**
 * What a drawing of a graph may show. `key`: of the graph, and of the filters. Selecting a node changes nothing else, so that its
 * columns are the same objects as before: their drawing is known.
 */
export async function loadOverview(key: string, source: OverviewSource, asked: OverviewAsked): Promise<Overview> {
  const { wanted, ...rest } = asked;
  const base = await kept.get(`${key} ${asked.open.join()}`, async () => listOverview(source, { ...rest, wanted: [] }));
  if (wanted.length === 0) return base;
  const positionOf = new Map(base.nodes.map(({ nodeIndex }, position) => [nodeIndex, position]));
  const positions = wanted.flatMap((node) => positionOf.get(node) ?? []);
  return positions.length === wanted.length ? { ...base, wanted: positions } : listOverview(source, asked);
}
