import { basename } from "node:path";
import type { ChunkSizes } from "#lib/model/chunk.ts";
import { componentId } from "#lib/model/component.ts";
import type { Problem } from "#lib/model/problem.ts";
import type { StoreFiles } from "#lib/model/store-files.ts";
import { type HashedItems, hashItems } from "../store-files/hash-items.ts";
import type { ItemToRead } from "../store-files/item-reader.ts";
import { MAX_LISTED_ITEMS } from "../store-files/limits.ts";
import type { IngestedStore } from "./ingest-store.ts";

export interface ReadFilesOptions {
  /** Node indexes of the items to read: those whose files are not known yet. */
  readonly items: readonly number[];
  /** Also cuts every body into chunks of these sizes. */
  readonly chunks?: ChunkSizes;
  readonly signal?: AbortSignal;
  /** Bytes of NARs read so far, and in total. */
  readonly onProgress?: (byteCount: number, total: number) => void;
}

export interface ClosureFiles {
  readonly parts: readonly StoreFiles[];
  /** A warning for each item whose files stay unknown. */
  readonly problems: readonly Problem[];
}

/**
 * Reads the files of a store's items. An item that differs from the store's database is left out: only its NAR size stays known
 * (docs/decisions/0009). A database without a store has no files, which is a warning.
 *
 * Throws the errors of `hashItems`.
 */
export async function readClosureFiles(store: IngestedStore, options: ReadFilesOptions): Promise<ClosureFiles> {
  const { source, itemsDir } = store;
  const { items, chunks, signal, onProgress } = options;
  if (items.length === 0) return { parts: [], problems: [] };
  if (itemsDir === undefined) return { parts: [], problems: [toProblem(source, "", NO_STORE)] };
  const wanted = items.map((item) => toItem(store, item));
  const total = wanted.reduce((sum, { narSize }) => sum + narSize, 0);
  const { parts, faults } = await hashItems({
    itemsDir,
    items: wanted,
    chunks,
    signal,
    onProgress: (byteCount) => onProgress?.(byteCount, total),
  });
  return { parts, problems: toProblems(store, faults) };
}

const NO_STORE = {
  code: "missing-target",
  message: "no files to hash: this is a store's database without its store; the rest is scanned",
} as const;

function toItem({ graph }: IngestedStore, item: number): ItemToRead {
  const component = graph.components[item]!;
  return { item, name: basename(component.identity), narHash: component.narHash ?? "", narSize: graph.selfSize[item]! };
}

/** The first faults one by one, by ascending path, and the number of the others. */
function toProblems({ source, graph }: IngestedStore, faults: HashedItems["faults"]): Problem[] {
  const problems = faults.slice(0, MAX_LISTED_ITEMS).map(({ item, place, ...fault }) => {
    const path = componentId(graph.components[item]!);
    const message = `${fault.message}: the item's files are left out`;
    return toProblem(source, place === "" ? path : `${path}/${place}`, { ...fault, message });
  });
  const unlisted = faults.length - problems.length;
  if (unlisted === 0) return problems;
  const message = `the files of ${unlisted} more items are not known`;
  return [...problems, toProblem(source, "", { code: "limit-exceeded", message })];
}

function toProblem(source: string, path: string, { code, message }: Pick<Problem, "code" | "message">): Problem {
  return { code, severity: "warning", source, path, message };
}
