import "server-only";
import { loadKeptOwners } from "#lib/answers/kept/owners.ts";
import { countKinds, type KindCount } from "#lib/db/queries/count-kinds.ts";
import { findArtifact } from "#lib/db/queries/find-artifact.ts";
import { type ArtifactDetail, getArtifact } from "#lib/db/queries/get-artifact.ts";
import { type Directory, listDirectories } from "#lib/db/queries/list-directory.ts";
import { type LayerRow, listLayers } from "#lib/db/queries/list-layers.ts";
import { listNodeNames, type NodeName } from "#lib/db/queries/list-node-names.ts";
import { listNodes, type NodeFilter, type NodeList } from "#lib/db/queries/list-nodes.ts";
import { listRetained } from "#lib/db/queries/list-retained.ts";
import { listWasted, type WastedList } from "#lib/db/queries/list-wasted.ts";
import type { Queryable } from "#lib/db/queries/queryable.ts";
import { whileThere } from "#lib/db/queries/while-there.ts";
import type { Column } from "#lib/model/column.ts";
import { GoneError } from "#lib/model/problem.ts";
import { database } from "./database.ts";
import { orNotFound } from "./or-not-found.ts";

export type { KindCount } from "#lib/db/queries/count-kinds.ts";
export type { ArtifactDetail } from "#lib/db/queries/get-artifact.ts";
export type { Directory, DirectoryChild } from "#lib/db/queries/list-directory.ts";
export type { LayerRow } from "#lib/db/queries/list-layers.ts";
export type { NodeName } from "#lib/db/queries/list-node-names.ts";
export type { NodeFilter, NodeList, NodeRow, NodeSort } from "#lib/db/queries/list-nodes.ts";
export type { WastedList } from "#lib/db/queries/list-wasted.ts";

/** Nodes a closure's block draws at the head of its page. */
const BLOCK_NODES = 160;

/** Names that all opened directories show together; each directory gets its part. */
const MAX_TREE_ROWS = 400;

export interface ArtifactRequest {
  /** Name, id or digest, as the address has it. */
  readonly text: string;
  readonly nodes: NodeFilter;
  readonly wastedLimit: number;
  /** Children of each opened directory. */
  readonly filesLimit: number;
  /** Paths of the opened directories; the root is always open. */
  readonly open: readonly string[];
}

export interface ArtifactView {
  readonly artifact: ArtifactDetail;
  readonly column: Column;
  /** Newest first; [] for a closure. */
  readonly layers: readonly LayerRow[];
  readonly kinds: readonly KindCount[];
  readonly nodes: NodeList;
  readonly wasted: WastedList;
  readonly directories: readonly Directory[];
  /** Names of the components that own what the directories show. */
  readonly owners: readonly NodeName[];
}

/** One image or closure: what its page shows. Throws a UsageError where the text names none, or several. */
export async function loadArtifact(request: ArtifactRequest): Promise<ArtifactView> {
  const db = await database();
  const found = await findArtifact(db, request.text);
  return orNotFound(() => whileThere(db, [found], () => loadFound(db, found.id, request)));
}

async function loadFound(db: Queryable, id: number, request: ArtifactRequest): Promise<ArtifactView> {
  const artifact = await getArtifact(db, id);
  if (artifact === undefined) throw new GoneError();
  const [picture, kinds, nodes, wasted, files] = await Promise.all([
    loadPicture(db, artifact),
    countKinds(db, id),
    listNodes(db, id, request.nodes),
    listWasted(db, id, request.wastedLimit),
    artifact.kind === "image" ? loadFiles(db, id, request) : { directories: [], owners: [] },
  ]);
  return { artifact, kinds, nodes, wasted, ...picture, ...files };
}

async function loadPicture(db: Queryable, artifact: ArtifactDetail): Promise<Pick<ArtifactView, "column" | "layers">> {
  if (artifact.kind === "closure") {
    const nodes = await listRetained(db, [artifact.id], BLOCK_NODES);
    return { layers: [], column: { kind: "closure", bytes: artifact.closureSize, nodes } };
  }
  const layers = await listLayers(db, [artifact.id]);
  const column: Column = { kind: "image", bytes: artifact.layersContentSize, strata: layers };
  return { layers: layers.toReversed(), column };
}

async function loadFiles(
  db: Queryable,
  artifactId: number,
  { open, filesLimit }: ArtifactRequest,
): Promise<Pick<ArtifactView, "directories" | "owners">> {
  const owners = await loadKeptOwners(db, artifactId);
  const paths = ["", ...new Set(open.filter((path) => path !== ""))];
  const limit = Math.min(filesLimit, Math.ceil(MAX_TREE_ROWS / paths.length));
  const directories = await listDirectories(db, { artifactId, paths, limit, owners });
  const indexes = new Set(directories.flatMap(({ children }) => children.map(({ owner }) => owner)));
  indexes.delete(-1);
  return { directories, owners: await listNodeNames(db, artifactId, [...indexes]) };
}
