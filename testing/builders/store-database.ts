import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import type { GraphSnapshot } from "#lib/model/snapshot.ts";
import type { NaiveGraph } from "./graphs.ts";

/** A store's database as a graph, read in the simplest way. This is the oracle's reader: the product has its own. */
export interface NaiveStore extends NaiveGraph {
  readonly paths: readonly string[];
  readonly weights: Float64Array;
  readonly deriver: Int32Array;
}

/** Opens a copy of a store's database in a separate folder, which is deleted afterwards. */
export function withStore<T>(body: Uint8Array, read: (database: DatabaseSync) => T): T {
  const folder = mkdtempSync(join(tmpdir(), "stratigraph-test-"));
  try {
    writeFileSync(join(folder, "db.sqlite"), body);
    const database = new DatabaseSync(join(folder, "db.sqlite"));
    try {
      return read(database);
    } finally {
      database.close();
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}

export function readStore(database: DatabaseSync): NaiveStore {
  const rows = database.prepare("SELECT id, path, narSize, deriver FROM ValidPaths ORDER BY path").all();
  const nodeOfId = new Map(rows.map((row, node) => [row.id, node]));
  const nodeOfPath = new Map(rows.map((row, node) => [row.path, node]));
  const refs = database.prepare("SELECT referrer, reference FROM Refs").all();
  return {
    nodeCount: rows.length,
    paths: rows.map((row) => String(row.path)),
    weights: Float64Array.from(rows, (row) => Number(row.narSize)),
    deriver: Int32Array.from(rows, (row) => nodeOfPath.get(row.deriver) ?? -1),
    edges: refs.map((ref): [number, number] => [nodeOfId.get(ref.referrer)!, nodeOfId.get(ref.reference)!]),
  };
}

/** A snapshot of only a graph. */
export function snapshotOf({
  nodeCount,
  edges,
  weights,
  roots,
}: NaiveGraph & { weights: Float64Array; roots: readonly number[] }): GraphSnapshot {
  return {
    components: Array.from({ length: nodeCount }, (_, node) => ({
      kind: "store" as const,
      name: `node-${node}`,
      version: "",
      identity: `node-${node}`,
      instancePath: "",
    })),
    selfSize: weights,
    edges: {
      from: Int32Array.from(edges, (edge) => edge[0]),
      to: Int32Array.from(edges, (edge) => edge[1]),
      evidence: new Uint8Array(edges.length),
      detail: new Int32Array(edges.length).fill(-1),
      details: [],
    },
    roots: Int32Array.from(roots).sort(),
    rootReasons: new Uint8Array(roots.length),
    live: new Uint8Array(nodeCount).fill(1),
  };
}
