import "server-only";
import type { Pool } from "pg";
import { answerDirectories, type FilesAnswer } from "#lib/answers/files.ts";
import { answerCycleMembers } from "#lib/answers/graph/cycle-members.ts";
import { answerNeeds } from "#lib/answers/needs.ts";
import { answerNodeNeeds } from "#lib/answers/needs-list.ts";
import { answerLayerNodes } from "#lib/answers/node-layers.ts";
import { answerUnowned } from "#lib/answers/unowned.ts";
import { answerNames } from "#lib/answers/versions.ts";
import { answerWaste } from "#lib/answers/waste.ts";
import { countKinds, type KindCount } from "#lib/db/queries/count-kinds.ts";
import { findArtifact } from "#lib/db/queries/find-artifact.ts";
import { type ArtifactDetail, getArtifact } from "#lib/db/queries/get-artifact.ts";
import { type Attached, listAttached } from "#lib/db/queries/list-attached.ts";
import type { Directory } from "#lib/db/queries/list-directory.ts";
import { type LayerRow, listLayers } from "#lib/db/queries/list-layers.ts";
import type { NodeName } from "#lib/db/queries/list-node-names.ts";
import { listNodes, type NodeFilter, type NodeList, type NodeRow } from "#lib/db/queries/list-nodes.ts";
import { listRetained } from "#lib/db/queries/list-retained.ts";
import type { WastedList } from "#lib/db/queries/list-wasted.ts";
import type { Queryable } from "#lib/db/queries/queryable.ts";
import { whileThere } from "#lib/db/queries/while-there.ts";
import { type Column, NO_COLUMN, toImageColumn } from "#lib/model/column.ts";
import type { ArtifactNamePeriod } from "#lib/model/name-version.ts";
import type { NeedsAnswer } from "#lib/model/needs-answer.ts";
import { MAX_PLAIN_ROWS, PAGE_ROWS } from "#lib/model/row-page.ts";
import type { UnownedAnswer } from "#lib/model/unowned-class.ts";
import { database } from "./database.ts";
import { nameUnowned } from "./name-unowned.ts";
import { orNotFound } from "./or-not-found.ts";

export type { KindCount } from "#lib/db/queries/count-kinds.ts";
export type { ArtifactDetail } from "#lib/db/queries/get-artifact.ts";
export type { Attached } from "#lib/db/queries/list-attached.ts";
export type { Directory, DirectoryChild } from "#lib/db/queries/list-directory.ts";
export type { LayerRow } from "#lib/db/queries/list-layers.ts";
export type { NodeName } from "#lib/db/queries/list-node-names.ts";
export type { NodeRow, NodeSort } from "#lib/db/queries/list-nodes.ts";
export type { WastedList } from "#lib/db/queries/list-wasted.ts";

/** Nodes drawn in a closure's block at the head of its page. */
const BLOCK_NODES = 160;

/** Names shown by all opened directories together, divided among them. */
const MAX_TREE_ROWS = 400;

/** `layer`: only nodes with visible files in it. */
export interface ViewFilter extends Omit<NodeFilter, "among"> {
  readonly layer?: number | undefined;
}

export interface ArtifactRequest {
  /** Name, id or digest, from the URL. */
  readonly text: string;
  readonly nodes: ViewFilter;
  readonly wastedLimit: number;
  /** Children of each opened directory. */
  readonly filesLimit: number;
  /** Paths of the opened directories; the root is always open. */
  readonly open: readonly string[];
}

/** A node as listed. */
export interface ListedNode extends NodeRow {
  /** It and others need each other. */
  readonly inCycle: boolean;
  /** Needs of it that nothing in the image meets; left out if there are none. */
  readonly unmet?: readonly string[];
  /** Nothing asked for it; left out if something did, or if nothing is known to be asked for. */
  readonly isUnasked?: boolean;
}

export interface ListedNodes extends NodeList {
  readonly rows: readonly ListedNode[];
}

export interface ArtifactView {
  readonly artifact: ArtifactDetail;
  readonly column: Column;
  /** Newest first; [] for a closure or an SBOM. */
  readonly layers: readonly LayerRow[];
  readonly kinds: readonly KindCount[];
  readonly nodes: ListedNodes;
  readonly wasted: WastedList;
  readonly unowned: UnownedAnswer | undefined;
  /** `undefined` for an artifact that is no image. */
  readonly needs: NeedsAnswer | undefined;
  readonly directories: readonly Directory[];
  /** Names of the components that own the listed files. */
  readonly owners: readonly NodeName[];
  /** What comes with an image. */
  readonly attached: Attached;
  /** The names that it has and had. */
  readonly names: readonly ArtifactNamePeriod[];
}

/** The page of one artifact. Throws a UsageError if the text matches no artifact, or several. */
export async function loadArtifact(request: ArtifactRequest): Promise<ArtifactView> {
  const db = await database();
  const found = await findArtifact(db, request.text);
  return orNotFound(() =>
    whileThere(db, [found], async () => {
      const [parts, names] = await Promise.all([loadFound(db, found.id, request), answerNames(db, found.id)]);
      return { ...parts, names };
    }),
  );
}

type ViewParts = Omit<ArtifactView, "names">;

async function loadFound(db: Pool, id: number, request: ArtifactRequest): Promise<ViewParts> {
  const artifact = await getArtifact(db, id);
  if (artifact.manifestOnly) return describeManifest(artifact, await listLayers(db, [id]));
  if (artifact.kind === "sbom") return describeSbom(db, artifact, request);
  const isImage = artifact.kind === "image";
  const [{ layers, ...wasted }, kinds, nodes, block, files, attached, unowned, needs] = await Promise.all([
    answerWaste(db, id, request.wastedLimit),
    countKinds(db, id),
    listNodesInView(db, artifact, request.nodes),
    isImage ? [] : listRetained(db, [id], BLOCK_NODES),
    isImage ? loadFiles(db, id, request) : { directories: [], owners: [] },
    listAttached(db, id),
    answerUnowned(db, id),
    isImage ? answerNeeds(db, id) : undefined,
  ]);
  const column: Column = isImage
    ? toImageColumn(artifact, layers)
    : { kind: "closure", bytes: artifact.closureSize, nodes: block };
  const named = await nameUnowned(db, id, { nodes, ...files });
  return { artifact, kinds, wasted, layers: layers.toReversed(), column, attached, unowned, needs, ...named };
}

/** The first nodes of a short list; of a long one, the page with the first visible node. */
async function listNodesInView(db: Pool, artifact: Kinded, given: ViewFilter): Promise<ListedNodes> {
  const { id } = artifact;
  const filter = await toNodeFilter(db, id, given);
  const first = await listNodes(db, id, { ...filter, offset: 0 });
  if (first.matching <= MAX_PLAIN_ROWS) return markNodes(db, artifact, first);
  const { offset = 0 } = filter;
  const from = offset - (offset % PAGE_ROWS);
  return markNodes(db, artifact, await listNodes(db, id, { ...filter, offset: from, limit: 2 * PAGE_ROWS }));
}

async function toNodeFilter(db: Pool, id: number, { layer, ...filter }: ViewFilter): Promise<NodeFilter> {
  return layer === undefined ? filter : { ...filter, among: await answerLayerNodes(db, id, layer) };
}

type Kinded = Pick<ArtifactDetail, "id" | "kind">;

/** The same nodes, each with what its row says besides its measures. */
async function markNodes(db: Pool, artifact: Kinded, list: NodeList): Promise<ListedNodes> {
  const [members, needs] = await Promise.all([answerCycleMembers(db, artifact.id), answerNodeNeeds(db, artifact)]);
  const toListed = (node: NodeRow): ListedNode => {
    const { unmet = [], isUnasked = false } = needs.get(node.nodeIndex) ?? {};
    const marks = { ...(unmet.length > 0 && { unmet }), ...(isUnasked && { isUnasked }) };
    return { ...node, inCycle: members[node.nodeIndex] === 1, ...marks };
  };
  return { ...list, rows: list.rows.map(toListed) };
}

/** A window's page of an artifact's nodes. Throws a UsageError if the text matches no artifact, or several. */
export async function loadNodes(text: string, given: Omit<ViewFilter, "limit">): Promise<ListedNodes> {
  const db = await database();
  const found = await findArtifact(db, text);
  return whileThere(db, [found], async () => {
    const filter = await toNodeFilter(db, found.id, { ...given, limit: PAGE_ROWS });
    const list = await listNodes(db, found.id, filter);
    return nameUnowned(db, found.id, await markNodes(db, await getArtifact(db, found.id), list));
  });
}

const NOTHING_READ = {
  kinds: [],
  nodes: { rows: [], matching: 0, matchingSelfSize: 0 },
  wasted: { rows: [], count: 0, bytes: 0 },
  directories: [],
  owners: [],
  attached: { attachments: [], baseClaims: [] },
  unowned: undefined,
  needs: undefined,
};

function describeManifest(artifact: ArtifactDetail, layers: readonly LayerRow[]): ViewParts {
  return { artifact, layers: layers.toReversed(), column: toImageColumn(artifact, layers), ...NOTHING_READ };
}

async function describeSbom(db: Pool, artifact: ArtifactDetail, request: ArtifactRequest): Promise<ViewParts> {
  const [kinds, nodes] = await Promise.all([countKinds(db, artifact.id), listNodesInView(db, artifact, request.nodes)]);
  return { ...NOTHING_READ, artifact, layers: [], column: NO_COLUMN, kinds, nodes };
}

function loadFiles(db: Queryable, artifactId: number, { open, filesLimit }: ArtifactRequest): Promise<FilesAnswer> {
  const paths = ["", ...new Set(open.filter((path) => path !== ""))];
  const limit = Math.min(filesLimit, Math.ceil(MAX_TREE_ROWS / paths.length));
  return answerDirectories(db, { artifactId, paths, limit });
}
