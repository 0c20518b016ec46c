import type { Pool } from "pg";
import { findOverlap, maskOf, unitsOfCell } from "#lib/analysis/sharing/overlap.ts";
import type { Rung as SharedRung } from "#lib/analysis/sharing/rung.ts";
import { listEntryPaths } from "#lib/db/queries/list-entry-paths.ts";
import type { CellContents, CellPart, Rung } from "#lib/model/answer.ts";
import type { HeldComponent, Holding } from "#lib/model/holding.ts";
import { componentsOf, holdingsOf } from "./kept-holdings.ts";
import { buildSharedRung } from "./shared-rung.ts";

export interface CellQuestion {
  readonly ids: readonly number[];
  readonly rung: Rung;
  /** Each cell as the positions of its artifacts, ascending. */
  readonly cells: readonly (readonly number[])[];
  /** Components, and files, of each cell. */
  readonly limit: number;
}

/** What is in these cells of an overlap; nothing where no such cell is. */
export async function findCells(db: Pool, { ids, rung, cells, limit }: CellQuestion): Promise<CellContents[]> {
  const [holdings, components, shared] = await Promise.all([
    holdingsOf(db, ids),
    componentsOf(db, ids),
    buildSharedRung(db, ids, rung),
  ]);
  const byLayer = rung === "chain" || rung === "layer" || rung === "unshared";
  const overlap = findOverlap(shared);
  const opened = cells.map((positions) => {
    const units = unitsOfCell(overlap, shared, maskOf(positions));
    const parts = sumParts({ holdings, components, shared, byLayer }, units);
    return { positions, units, parts, bodies: byLayer ? [] : listBodies(holdings, shared, units, limit) };
  });
  const paths = await listEntryPaths(
    db,
    opened.flatMap(({ bodies }) => bodies),
  );
  let at = 0;
  return opened.map(({ positions, units, parts, bodies }) => ({
    in: positions,
    bytes: parts.reduce((sum, part) => sum + part.bytes, 0),
    units: units.length,
    parts: parts.slice(0, limit),
    partCount: parts.length,
    files: bodies.map(({ bytes }) => ({ path: paths[at++]!, bytes })),
    fileCount: byLayer ? 0 : units.filter((unit) => holdings[shared.holder[unit]!]!.kind === "image").length,
  }));
}

interface Held {
  readonly holdings: readonly Holding[];
  readonly components: readonly (readonly HeldComponent[])[];
  readonly shared: SharedRung;
  readonly byLayer: boolean;
}

function sumParts({ holdings, components, shared, byLayer }: Held, units: Int32Array): CellPart[] {
  const parts = new Map<string, CellPart & { bytes: number; units: number }>();
  for (const unit of units) {
    const artifact = shared.holder[unit]!;
    const part = findPart(holdings[artifact]!, components[artifact]!, shared.row[unit]!, byLayer);
    const known = parts.get(part.id) ?? { ...part, artifact, bytes: 0, units: 0 };
    known.bytes += shared.bytes[unit]!;
    known.units += 1;
    parts.set(part.id, known);
  }
  return [...parts.values()].sort((a, b) => b.bytes - a.bytes || (a.id < b.id ? -1 : 1));
}

type PartName = Pick<CellPart, "id" | "kind" | "name" | "version">;

const NOBODY: PartName = { id: "", kind: "unowned", name: "empty files", version: "" };

function findPart(held: Holding, components: readonly HeldComponent[], row: number, byLayer: boolean): PartName {
  if (held.kind === "image" && byLayer) {
    const { diffId } = held.layers[row]!;
    return { id: diffId, kind: "layer", name: "", version: "" };
  }
  const owner = held.kind === "image" ? held.bodies.owner[row]! : row;
  const component = components[owner];
  return component === undefined ? NOBODY : component;
}

/** The largest bodies of a cell: where each lies, and its bytes in the cell. */
function listBodies(holdings: readonly Holding[], shared: SharedRung, units: Int32Array, limit: number) {
  const bodies: { layerId: number; entry: number; bytes: number }[] = [];
  for (const unit of units) {
    if (bodies.length === limit) break;
    const held = holdings[shared.holder[unit]!]!;
    if (held.kind === "closure") continue;
    const row = shared.row[unit]!;
    const { layerId } = held.layers[held.bodies.layer[row]!]!;
    bodies.push({ layerId, entry: held.bodies.entry[row]!, bytes: shared.bytes[unit]! });
  }
  return bodies;
}
