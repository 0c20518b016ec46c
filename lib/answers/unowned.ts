import type { Pool } from "pg";
import { unownedClass } from "#lib/analysis/advice/unowned-class.ts";
import { listEntryPaths } from "#lib/db/queries/list-entry-paths.ts";
import { hasPackedFiles } from "#lib/db/queries/load-holdings.ts";
import type { ImageHolding } from "#lib/model/holding.ts";
import { UNOWNED_CLASSES, type UnownedAnswer, type UnownedFiles } from "#lib/model/unowned-class.ts";
import { KeptByUse } from "./kept/by-use.ts";
import { loadKeptComponents, loadKeptHoldings } from "./kept/holdings.ts";
import { whileWhole } from "./while-whole.ts";

/** Files whose paths are loaded at once. */
const PATHS_AT_ONCE = 20_000;
/** Cached answers, some 3 KB each. */
const KEPT_ANSWERS = 1000;

const kept = new KeptByUse<UnownedAnswer>(KEPT_ANSWERS, () => 1);

/**
 * What the files of an image are that no package owns; `undefined` for another artifact, and for an image whose files an older version
 * packed, which `migrate --rebuild` mends.
 */
export function answerUnowned(db: Pool, artifactId: number): Promise<UnownedAnswer | undefined> {
  return whileWhole(db, [{ id: artifactId }], async () => {
    if (!(await hasPackedFiles(db, artifactId))) return undefined;
    return kept.get(artifactId, () => classify(db, artifactId));
  });
}

async function classify(db: Pool, id: number): Promise<UnownedAnswer> {
  const [[held], [components]] = await Promise.all([loadKeptHoldings(db, [{ id }]), loadKeptComponents(db, [{ id }])]);
  if (held!.kind !== "image") return { count: 0, bytes: 0, of: 0, classes: [] };
  const { bodies } = held!;
  const isUnowned = components!.map(({ kind }) => kind === "unowned");
  const rows = [...bodies.owner.keys()].filter((row) => isUnowned[bodies.owner[row]!]);
  const sums = new Map<string, UnownedFiles>();
  for (let from = 0; from < rows.length; from += PATHS_AT_ONCE) {
    await addFiles(db, held!, rows.slice(from, from + PATHS_AT_ONCE), sums);
  }
  const classes = UNOWNED_CLASSES.flatMap((each) => sums.get(each) ?? []).sort((a, b) => b.bytes - a.bytes);
  const bytes = classes.reduce((sum, each) => sum + each.bytes, 0);
  const of = bodies.byteCount.reduce((sum, each) => sum + each, 0);
  return { count: rows.length, bytes, of, classes };
}

async function addFiles(
  db: Pool,
  { layers, bodies }: ImageHolding,
  rows: readonly number[],
  sums: Map<string, UnownedFiles>,
): Promise<void> {
  const places = rows.map((row) => ({ layerId: layers[bodies.layer[row]!]!.layerId, entry: bodies.entry[row]! }));
  const paths = await listEntryPaths(db, places);
  for (const [i, row] of rows.entries()) {
    const file = { path: paths[i]!, bytes: bodies.byteCount[row]!, layer: bodies.layer[row]! };
    const name = unownedClass(file.path);
    const sum = sums.get(name);
    sums.set(name, {
      class: name,
      count: (sum?.count ?? 0) + 1,
      bytes: (sum?.bytes ?? 0) + file.bytes,
      largest: sum === undefined || file.bytes > sum.largest.bytes ? file : sum.largest,
    });
  }
}
