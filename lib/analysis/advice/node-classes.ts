import type { Graph } from "#lib/graph/graph.ts";
import { computeReachable } from "#lib/graph/reachable.ts";
import { type AdviceMask, maskOf } from "#lib/model/advice.ts";
import type { RootReasonName } from "#lib/model/root-reason.ts";
import { findTwoEcosystems } from "./naming-policies.ts";
import { hasStoreVersion } from "./store-versions.ts";

interface AdvisedNode {
  /** A purl, with `#` and the path of the instance for npm; or a store path. */
  readonly id: string;
  readonly kind: string;
  readonly name: string;
  readonly version: string;
  readonly selfSize: number;
  readonly live: boolean;
  readonly root: boolean;
  readonly rootReason?: RootReasonName | undefined;
}

/** Where packages are that a project beside it asks for. */
const MODULES: Readonly<Record<string, string>> = { npm: "node_modules/", composer: "vendor/" };
const UNREACHED = maskOf(["unreached"]);
const VERSIONS = maskOf(["versions"]);
const ECOSYSTEMS = maskOf(["ecosystems"]);

/** The classes that claim a whole node, by node index. */
export function classifyNodes(nodes: readonly AdvisedNode[], graph: Graph): Uint16Array {
  const mask = new Uint16Array(nodes.length);
  markUnreached(mask, nodes, graph);
  markVersions(mask, nodes);
  markEcosystems(mask, nodes);
  return mask;
}

/**
 * Dead store paths; and packages that no root reaches, apart from roots that had to be added for them. Only where something is
 * recorded as installed explicitly: without such a record, nothing is known of what was asked for. For npm each outermost
 * `node_modules` is such a place: a project's `package.json` says nothing of `npm install -g`.
 */
function markUnreached(mask: Uint16Array, nodes: readonly AdvisedNode[], graph: Graph): void {
  const places = nodes.map(placeOf);
  const known = new Set(places.filter((_, node) => isRecord(nodes[node]!)));
  const isRoot = ({ root, rootReason }: AdvisedNode, node: number) =>
    root && (rootReason !== "unreferred" || !known.has(places[node]!));
  const roots = [...nodes.keys()].filter((node) => isRoot(nodes[node]!, node));
  const reached = computeReachable(graph, roots);
  for (const [node, { kind, live }] of nodes.entries()) {
    if (!live || (kind !== "store" && known.has(places[node]!) && reached[node] === 0)) mask[node]! |= UNREACHED;
  }
}

/** Whether it says what was asked for: it was itself, or it is a project whose manifest names its packages. */
function isRecord({ kind, id, rootReason }: AdvisedNode): boolean {
  if (rootReason === "named") return true;
  const isApplication = rootReason === "application" || rootReason === "entrypoint";
  return isApplication && MODULES[kind] !== undefined && !id.includes(MODULES[kind]);
}

/** What one record of explicit installs covers: a package manager, one project of npm, or one directory of Python or conda packages. */
function placeOf({ kind, id }: AdvisedNode): string {
  if (kind === "pypi" || kind === "conda") return `${kind} ${id.slice(id.indexOf("#") + 1, id.lastIndexOf("/"))}`;
  const modules = MODULES[kind];
  if (modules === undefined) return kind;
  const path = id.includes("#") ? `${id.slice(id.indexOf("#") + 1)}/` : "";
  return `${kind} ${path.split(modules, 1)[0]}`;
}

/** Of components of one kind and name in several versions, all but the version with most bytes. */
function markVersions(mask: Uint16Array, nodes: readonly AdvisedNode[]): void {
  const named = [...nodes.keys()].filter((node) => hasVersion(nodes[node]!));
  for (const members of Map.groupBy(named, (node) => `${nodes[node]!.kind} ${nodes[node]!.name}`).values()) {
    if (members.length < 2) continue;
    const versions = [...Map.groupBy(members, (node) => nodes[node]!.version).values()];
    const sizes = versions.map((group) => sumSelfSize(nodes, group));
    const largest = sizes.indexOf(Math.max(...sizes));
    for (const [i, group] of versions.entries()) if (i !== largest) mark(mask, group, VERSIONS);
  }
}

function hasVersion(node: AdvisedNode): boolean {
  if (node.kind === "store") return hasStoreVersion(node);
  return node.kind !== "unowned" && node.version !== "";
}

/** Of a library from two ecosystems, what has fewer bytes. A package without files of its own is no copy. */
function markEcosystems(mask: Uint16Array, nodes: readonly AdvisedNode[]): void {
  for (const { packaged, native } of findTwoEcosystems(nodes)) {
    const [packagedSize, nativeSize] = [sumSelfSize(nodes, packaged), sumSelfSize(nodes, native)];
    if (packagedSize === 0 || nativeSize === 0) continue;
    mark(mask, nativeSize <= packagedSize ? native : packaged, ECOSYSTEMS);
  }
}

function sumSelfSize(nodes: readonly AdvisedNode[], group: readonly number[]): number {
  return group.reduce((sum, node) => sum + nodes[node]!.selfSize, 0);
}

function mark(mask: Uint16Array, nodes: readonly number[], bits: AdviceMask): void {
  for (const node of nodes) mask[node]! |= bits;
}
