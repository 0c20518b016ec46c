import { basename } from "node:path";
import { isStreamCompression, STREAM_COMPRESSIONS } from "#lib/formats/compression/index.ts";
import type { ChunkSizes } from "#lib/model/chunk.ts";
import { componentId } from "#lib/model/component.ts";
import type { NarFile } from "#lib/model/path-info.ts";
import type { Problem } from "#lib/model/problem.ts";
import type { StoreFiles } from "#lib/model/store-files.ts";
import type { ItemArchives } from "#lib/sources/store/index.ts";
import { type HashedItems, hashItems } from "../store-files/hash-items.ts";
import { hashNars } from "../store-files/hash-nars.ts";
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
 * Reads the files of a store's items, from its directory or, for a binary cache, from compressed NARs. An item that differs from
 * the store's database or its narinfo is left out: only its NAR size stays known (docs/decisions/0009). A database without a store
 * has no files, which is a warning.
 *
 * Throws the errors of `hashItems` and `hashNars`.
 */
export async function readClosureFiles(store: IngestedStore, options: ReadFilesOptions): Promise<ClosureFiles> {
  const { source, itemsDir, archives } = store;
  if (options.items.length === 0) return { parts: [], problems: [] };
  const wanted = options.items.map((item) => toItem(store, item));
  if (archives !== undefined) return readArchives(store, archives, { ...options, wanted });
  if (itemsDir === undefined) return { parts: [], problems: [toProblem(source, "", NO_STORE)] };
  const { parts, faults } = await hashItems({ itemsDir, items: wanted, ...toHashOptions(options, wanted) });
  return { parts, problems: toProblems(store, faults) };
}

const NO_STORE = {
  code: "missing-target",
  message: "no files to hash: this is a store's database without its store; the rest is scanned",
} as const;

function toHashOptions({ chunks, signal, onProgress }: ReadFilesOptions, wanted: readonly ItemToRead[]) {
  const total = wanted.reduce((sum, { narSize }) => sum + narSize, 0);
  return { chunks, signal, onProgress: (byteCount: number) => onProgress?.(byteCount, total) };
}

interface WantedItems extends ReadFilesOptions {
  readonly wanted: readonly ItemToRead[];
}

async function readArchives(
  store: IngestedStore,
  archives: ItemArchives,
  { wanted, ...options }: WantedItems,
): Promise<ClosureFiles> {
  const nars = wanted.flatMap((item) => {
    const file = store.narFiles[item.item];
    return file !== undefined && isStreamCompression(file.compression) ? [{ ...item, file }] : [];
  });
  const { parts, faults } = await hashNars({ archives, nars, ...toHashOptions(options, nars) });
  return { parts, problems: [...listUnread(store, wanted), ...toProblems(store, faults)] };
}

/** Compressions that caches are known to use. Any other word may come from a hostile one, and is not repeated. */
const KNOWN_COMPRESSIONS = new Set(["bzip2", "lzip", "lz4", "lzma", "lzop", "compress", "grzip", "lrzip"]);

/** One warning for each compression that is not read, with the number of its items. */
function listUnread({ source, narFiles }: IngestedStore, wanted: readonly ItemToRead[]): Problem[] {
  const counts = new Map<string, number>();
  for (const { item } of wanted) {
    const reason = whyUnread(narFiles[item]);
    if (reason !== undefined) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  }
  return [...counts].map(([reason, count]) => {
    const message = `${reason}: the files of ${count} ${count === 1 ? "item is" : "items are"} left out`;
    return toProblem(source, "", { code: "unsupported", message });
  });
}

function whyUnread(file: NarFile | undefined): string | undefined {
  if (file === undefined) return "their narinfos name no NAR";
  if (isStreamCompression(file.compression)) return undefined;
  const name = KNOWN_COMPRESSIONS.has(file.compression) ? file.compression : "an unknown compression";
  return `NARs in ${name} are not read (those in ${STREAM_COMPRESSIONS.join(", ")} are)`;
}

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
