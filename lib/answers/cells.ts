import type { Pool } from "pg";
import { buildDownloadRung } from "#lib/analysis/sharing/download-rungs.ts";
import { computeOverlap, maskOf, unitsOfCell } from "#lib/analysis/sharing/overlap.ts";
import type { RungUnits } from "#lib/analysis/sharing/rung.ts";
import { type EntryPlace, listEntryPaths } from "#lib/db/queries/list-entry-paths.ts";
import { type ItemContent, listItemPaths } from "#lib/db/queries/list-item-paths.ts";
import { whileThere } from "#lib/db/queries/while-there.ts";
import type { CellContents, CellPart } from "#lib/model/answer.ts";
import type { ArtifactPart } from "#lib/model/artifact-part.ts";
import type { HeldComponent, HeldItems, Holding, NamedLayer } from "#lib/model/holding.ts";
import type { DownloadRungName, RungName } from "#lib/model/rung.ts";
import { loadBlobParts } from "./blob-parts.ts";
import { checkSized } from "./check-sized.ts";
import { loadPartComponents, loadPartHoldings } from "./parts.ts";
import { buildRungUnits, chooseRung } from "./rung-units.ts";

export interface CellQuestion {
  readonly parts: readonly ArtifactPart[];
  readonly rung: RungName | undefined;
  /** Each cell as the positions of its artifacts, ascending. */
  readonly cells: readonly (readonly number[])[];
  /** Components, and files, listed per cell. */
  readonly limit: number;
}

/**
 * The contents of these cells of an overlap; nothing if a cell does not exist. Throws a GoneError if an artifact is removed
 * meanwhile.
 */
export function answerCells(db: Pool, question: CellQuestion): Promise<CellContents[]> {
  return whileThere(db, question.parts, async () => {
    await checkSized(db, question.parts);
    return openCells(db, question);
  });
}

async function openCells(db: Pool, question: CellQuestion): Promise<CellContents[]> {
  const { parts: asked, cells, limit } = question;
  const chosen = await chooseRung(db, asked, question.rung);
  if (chosen.by === "download") return openDownloadCells(db, question, chosen.rung);
  const { rung } = chosen;
  const [holdings, components, shared] = await Promise.all([
    loadPartHoldings(db, asked),
    loadPartComponents(db, asked),
    buildRungUnits(db, asked, rung),
  ]);
  const byLayer = rung === "chain" || rung === "layer";
  const overlap = computeOverlap(shared);
  const placeOf = placeUnits(holdings, components, shared);
  const opened = cells.map((positions) => {
    const units = unitsOfCell(overlap, shared, maskOf(positions));
    const parts = sumParts(shared, units, (artifact, row) =>
      findPart(holdings[artifact]!, components[artifact]!, row, byLayer),
    );
    const files = byLayer ? [] : [...units].flatMap((unit) => placeOf(unit) ?? []);
    return { positions, units, parts, files: files.slice(0, limit), fileCount: files.length };
  });
  const paths = await listPaths(
    db,
    opened.flatMap(({ files }) => files),
  );
  return opened.map(({ positions, units, parts, files, fileCount }) => ({
    in: positions,
    bytes: parts.reduce((sum, part) => sum + part.bytes, 0),
    units: units.length,
    parts: parts.slice(0, limit),
    partCount: parts.length,
    files: files.map((file) => ({ path: paths.get(file)!, bytes: file.bytes })),
    fileCount,
  }));
}

/** The layers of these cells, in a set by downloads. */
async function openDownloadCells(
  db: Pool,
  { parts: asked, cells, limit }: CellQuestion,
  rung: DownloadRungName,
): Promise<CellContents[]> {
  const held = await loadBlobParts(db, asked);
  const closures = asked.filter((_, i) => held[i]!.layers === undefined);
  const components = await loadPartComponents(db, closures);
  const nameOf = (artifact: number, row: number) => {
    const layer = held[artifact]!.layers?.[row];
    return layer === undefined ? components[closures.indexOf(asked[artifact]!)]![row]! : toLayerPart(layer);
  };
  const shared = buildDownloadRung(rung, held);
  const overlap = computeOverlap(shared);
  return cells.map((positions) => {
    const units = unitsOfCell(overlap, shared, maskOf(positions));
    const parts = sumParts(shared, units, nameOf);
    return {
      in: positions,
      bytes: parts.reduce((sum, part) => sum + part.bytes, 0),
      units: units.length,
      parts: parts.slice(0, limit),
      partCount: parts.length,
      files: [],
      fileCount: 0,
    };
  });
}

/** The owners of these units; `partOf` gives that of a row of an artifact. */
function sumParts(
  shared: RungUnits,
  units: Int32Array,
  partOf: (artifact: number, row: number) => PartName,
): CellPart[] {
  const parts = new Map<string, CellPart & { bytes: number; units: number }>();
  for (const unit of units) {
    const artifact = shared.holder[unit]!;
    const part = partOf(artifact, shared.row[unit]!);
    const known = parts.get(part.id) ?? { ...part, artifact, bytes: 0, units: 0 };
    known.bytes += shared.bytes[unit]!;
    known.units += 1;
    parts.set(part.id, known);
  }
  return [...parts.values()].sort((a, b) => b.bytes - a.bytes || (a.id < b.id ? -1 : 1));
}

type PartName = Pick<CellPart, "id" | "kind" | "name" | "version">;

const NO_OWNER: PartName = { id: "", kind: "unowned", name: "empty files", version: "" };

function toLayerPart({ diffId }: NamedLayer): PartName {
  return { id: diffId, kind: "layer", name: "", version: "" };
}

function findPart(held: Holding, components: readonly HeldComponent[], row: number, byLayer: boolean): PartName {
  if (held.kind === "image" && byLayer) {
    return toLayerPart(held.layers[row]!);
  }
  const owner = held.kind === "image" ? held.bodies.owner[row]! : row;
  const component = components[owner];
  return component ?? NO_OWNER;
}

/** The place and bytes of a unit that is a file. */
type FilePlace = (EntryPlace | (ItemContent & { readonly item: string })) & { readonly bytes: number };

/** Returns the place of each unit; `undefined` if it is not a file but a whole item of a closure. */
function placeUnits(
  holdings: readonly Holding[],
  components: readonly (readonly HeldComponent[])[],
  shared: RungUnits,
): (unit: number) => FilePlace | undefined {
  const contentOf = holdings.map((held, i) =>
    held.kind === "closure" ? findContents(held.items, shared, i) : undefined,
  );
  return (unit) => {
    const artifact = shared.holder[unit]!;
    const held = holdings[artifact]!;
    const row = shared.row[unit]!;
    const bytes = shared.bytes[unit]!;
    if (held.kind === "image") {
      return { layerId: held.layers[held.bodies.layer[row]!]!.layerId, entry: held.bodies.entry[row]!, bytes };
    }
    const contentId = contentOf[artifact]?.[unit];
    if (contentId === undefined || contentId < 0) return undefined;
    return { componentId: held.items.componentId[row]!, contentId, item: components[artifact]![row]!.id, bytes };
  };
}

/** By unit: its content, −1 if it is not in this closure; `undefined` if units are not files. */
function findContents({ bodies }: HeldItems, { name, unitCount, unitOfRow }: RungUnits, artifact: number) {
  if (name !== "file" || bodies === undefined) return undefined;
  const contents = new Int32Array(unitCount).fill(-1);
  const units = unitOfRow![artifact]!;
  for (let row = 0; row < bodies.count; row++) contents[units[row]!] = bodies.contentId[row]!;
  return contents;
}

/** The paths of files, without a leading slash. */
async function listPaths(db: Pool, files: readonly FilePlace[]): Promise<Map<FilePlace, string>> {
  const entries = files.filter((file) => "entry" in file);
  const contents = files.filter((file) => "item" in file);
  const [entryPaths, itemPaths] = await Promise.all([listEntryPaths(db, entries), listItemPaths(db, contents)]);
  const inItem = ({ item }: { item: string }, path: string) => (path === "" ? item : `${item}/${path}`).slice(1);
  return new Map<FilePlace, string>([
    ...entries.map((file, i) => [file, entryPaths[i]!] as const),
    ...contents.map((file, i) => [file, inItem(file, itemPaths[i]!)] as const),
  ]);
}
