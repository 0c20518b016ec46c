import { storePathName } from "#lib/formats/store-path/index.ts";
import type { NarFile } from "#lib/model/path-info.ts";
import { UsageError } from "#lib/model/problem.ts";
import { RootReason } from "#lib/model/root-reason.ts";
import type { ClosureSnapshot } from "#lib/model/snapshot.ts";
import type { GcRoots, ItemArchives, OpenedStore, StoreTables } from "#lib/sources/store/index.ts";
import { chooseNar } from "../store-files/choose-nar.ts";
import { buildClosureGraph, type ClosureItems, closureDigest, type LiveInput, sumNarSizes } from "./build-closure.ts";
import { listWrongSignatures, toCacheFacts } from "./cache-facts.ts";
import { limitToRoots } from "./limit-to-roots.ts";
import { toProblems } from "./store-problems.ts";

const MAX_CANDIDATES = 10;

export interface IngestStoreOptions {
  /** As the user wrote it: `nix-store:/mnt`. */
  readonly source: string;
  /** Opens the store. A function, so that no caller keeps its tables in memory: they are as large as the snapshot. */
  open(): Promise<OpenedStore>;
  /** Store paths. If given, the snapshot is their closure; if empty, the whole store. */
  readonly roots: readonly string[];
  readonly name?: string;
  /** 1 for each node that the collector would keep. A parameter because that rule is an analysis, which ingest may not import. */
  readonly computeLive: (input: LiveInput) => Uint8Array;
}

export interface IngestedStore extends ClosureSnapshot {
  /** The real path of the directory with the items; `undefined` if there is only a database. */
  readonly itemsDir: string | undefined;
  /** The items as compressed NARs, and the one to read of each (by node). Only binary caches have them. */
  readonly archives: ItemArchives | undefined;
  readonly narFiles: readonly (NarFile | undefined)[];
}

interface Selection {
  readonly items: ClosureItems;
  readonly roots: Int32Array;
  readonly live: Uint8Array;
  readonly derivers: Int32Array;
}

/**
 * A store as one snapshot. Without `roots`: every valid path, dead ones marked, with the collector's roots; if it has none, every
 * path is live. With `roots`: their closure, all of it live.
 *
 * Throws `UsageError` for a root that is not a valid path of the store, and the errors of `open`.
 */
export async function ingestStore(options: IngestStoreOptions): Promise<IngestedStore> {
  const { tables, gcRoots, itemsDir, archives, isOwn, namedRoots = [] } = await options.open();
  const named = options.roots.length > 0 ? options.roots : namedRoots;
  const { items, roots, live, derivers } =
    named.length > 0 ? selectClosure(tables, named) : selectStore(tables, gcRoots, options.computeLive);
  const reason = named.length > 0 ? RootReason.named : RootReason.collector;
  return {
    kind: "closure",
    name: options.name ?? defaultName(named, isOwn ? tables.storeDir : options.source),
    source: options.source,
    digest: closureDigest(items, { roots, derivers }),
    storeDir: tables.storeDir,
    closureSize: sumNarSizes(items),
    rootsKnown: roots.length > 0,
    graph: buildClosureGraph(items, { roots, rootReasons: new Uint8Array(roots.length).fill(reason), live }),
    problems: [...toProblems(options.source, tables.faults, gcRoots), ...listWrongSignatures(options.source, items)],
    cacheFacts: toCacheFacts(items),
    itemsDir,
    archives,
    narFiles: (items.cached ?? []).map(({ files }) => chooseNar(files)),
  };
}

/**
 * A whole store is named after its directory and the root it was read under; a closure after its first root and the number of
 * others.
 */
function defaultName(roots: readonly string[], storeName: string): string {
  const [first, ...rest] = new Set(roots);
  if (first === undefined) return storeName;
  return rest.length === 0 ? storePathName(first) : `${storePathName(first)} and ${rest.length} more`;
}

function selectClosure(tables: StoreTables, roots: readonly string[]): Selection {
  const { items, roots: newRoots } = limitToRoots(tables, getRootIndexes(tables, roots));
  const nodeCount = items.paths.length;
  return {
    items,
    roots: newRoots,
    live: new Uint8Array(nodeCount).fill(1),
    derivers: new Int32Array(nodeCount).fill(-1),
  };
}

function selectStore(tables: StoreTables, gcRoots: GcRoots, computeLive: IngestStoreOptions["computeLive"]): Selection {
  const nodeCount = tables.paths.length;
  const rootPaths = new Set(gcRoots.roots.map((root) => root.storePath));
  const roots = findIndexes(tables.paths, rootPaths);
  if (roots.length === 0) {
    return {
      items: tables,
      roots,
      live: new Uint8Array(nodeCount).fill(1),
      derivers: new Int32Array(nodeCount).fill(-1),
    };
  }
  const derivers = findDerivers(tables);
  const live = computeLive({ nodeCount, from: tables.referrers, to: tables.references, roots, derivers });
  return { items: tables, roots, live, derivers };
}

/** The roots' node indexes, ascending and distinct. */
function getRootIndexes(tables: StoreTables, roots: readonly string[]): Int32Array {
  const wanted = new Set(roots.map((root) => root.replace(/\/+$/, "")));
  const indexes = findIndexes(tables.paths, wanted);
  if (indexes.length === wanted.size) return indexes;
  const known = new Set(Array.from(indexes, (i) => tables.paths[i]));
  const missing = [...wanted].find((root) => !known.has(root)) ?? "";
  throw new UsageError(`--root ${missing}: not a valid path of this store`, findCandidates(tables.paths, missing));
}

/** The nodes whose path is among these, ascending. */
function findIndexes(paths: readonly string[], wanted: ReadonlySet<string>): Int32Array {
  const indexes: number[] = [];
  paths.forEach((path, i) => {
    if (wanted.has(path)) indexes.push(i);
  });
  return Int32Array.from(indexes);
}

/** Paths that end in the text the user wrote, or in its part after the hash. */
function findCandidates(paths: readonly string[], root: string): string[] {
  const ending = storePathName(root);
  return ending === "" ? [] : paths.filter((path) => path.endsWith(ending)).slice(0, MAX_CANDIDATES);
}

/**
 * Nix and Guix, `gc.cc`: a derivation is kept for an output only if each names the other: the output its deriver, the derivation
 * its outputs. A floating content-addressed derivation has no outputs in this table, so the output's statement alone counts.
 */
function findDerivers({ paths, derivers, listsOutputs, outputs, outputDerivations }: StoreTables): Int32Array {
  const found = new Int32Array(paths.length).fill(-1);
  for (let i = 0; i < outputs.length; i++) {
    const output = outputs[i]!;
    const derivation = outputDerivations[i]!;
    if (derivers[output] === paths[derivation]) found[output] = derivation;
  }
  const floating = new Map(
    paths.map((path, i) => [path, i] as const).filter(([path, i]) => listsOutputs[i] === 0 && path.endsWith(".drv")),
  );
  derivers.forEach((deriver, i) => {
    if (found[i] === -1) found[i] = floating.get(deriver) ?? -1;
  });
  return found;
}
