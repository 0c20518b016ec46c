import { parseStorePath } from "#lib/formats/store-path/index.ts";
import type { PathInfo } from "#lib/model/path-info.ts";
import { InputError } from "#lib/model/problem.ts";
import { PairColumns } from "./pair-columns.ts";
import { FaultCounter, type StoreTables } from "./store-tables.ts";
import { STORE_LIMITS } from "./table-rows.ts";

/** Path infos from outside a store's database, as its tables. Throws InputError over the limits of a store, or if there is none. */
export function toTables(infos: readonly PathInfo[], place: string): StoreTables {
  const faults = new FaultCounter();
  const rows = selectRows(infos, place, faults);
  const rowOf = new Map(rows.map(({ path }, i) => [path, i]));
  const pairs = new PairColumns();
  let referenceCount = 0;
  rows.forEach(({ path, references }, referrer) => {
    referenceCount += references.length;
    if (referenceCount > STORE_LIMITS.referenceCount) {
      throw new InputError("limit-exceeded", place, `more than ${STORE_LIMITS.referenceCount} references`);
    }
    for (const reference of references) {
      const row = rowOf.get(reference);
      if (row === undefined) faults.add("unknown-reference", `${path} → ${reference}`);
      else pairs.push(referrer, row);
    }
  });
  const { first: referrers, second: references } = pairs.toSorted(rows.length);
  const none = new Int32Array(0);
  return {
    storeDir: parseStorePath(rows[0]!.path)!.storeDir,
    paths: rows.map(({ path }) => path),
    narHashes: rows.map(({ narHash }) => narHash),
    narSizes: Float64Array.from(rows, ({ narSize }) => narSize ?? 0),
    derivers: rows.map(({ deriver }) => deriver),
    referrers,
    references,
    listsOutputs: new Uint8Array(rows.length).fill(1),
    outputDerivations: none,
    outputs: none,
    faults: faults.list(),
  };
}

/** The store paths of the first one's store, each once, ascending. */
function selectRows(infos: readonly PathInfo[], place: string, faults: FaultCounter): PathInfo[] {
  if (infos.length > STORE_LIMITS.pathCount) {
    throw new InputError("limit-exceeded", place, `more than ${STORE_LIMITS.pathCount} store paths`);
  }
  const byPath = new Map<string, PathInfo>();
  const storeDir = infos.map(({ path }) => parseStorePath(path)?.storeDir).find((dir) => dir !== undefined);
  for (const info of infos) {
    const isRow = parseStorePath(info.path)?.storeDir === storeDir && storeDir !== undefined;
    if (!isRow || byPath.has(info.path)) faults.add("bad-path", info.path);
    else {
      if (info.narSize === undefined) faults.add("unknown-size", info.path);
      if (info.narHash === "") faults.add("bad-hash", info.path);
      byPath.set(info.path, info);
    }
  }
  if (byPath.size === 0) throw new InputError("bad-database", place, "no store paths");
  return [...byPath.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
}
