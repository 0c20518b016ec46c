import type { Component, ComponentEdge } from "#lib/model/component.ts";
import { cutText } from "#lib/model/cut-text.ts";
import type { FileLoads } from "#lib/model/file-loads.ts";
import type { FileNode } from "#lib/model/file-tree.ts";
import type { Problem } from "#lib/model/problem.ts";
import type { GraphSnapshot, ImageSnapshot, SnapshotEdges } from "#lib/model/snapshot.ts";
import type { SourceImage } from "#lib/sources/images/source-image.ts";
import { detectComponents, type FoundComponents } from "../packages/detect-components.ts";
import type { FileLoad } from "../packages/observed-edges.ts";
import { squash } from "../squash/squash.ts";
import { describeImage } from "./describe-image.ts";
import { toDiscoveryOptions } from "./discovery-options.ts";
import type { ReadLayer } from "./scan-layers.ts";
import { findVisibleBodies } from "./visible-bodies.ts";

/** Problems stored per image: each of a thousand layers may have a hundred. */
export const MAX_IMAGE_PROBLEMS = 10_000;
/** UTF-16 units stored of a problem's path. */
const MAX_PROBLEM_PATH_LENGTH = 1024;

const HIDDEN = -1;
const NOBODYS = -2;

/** An image with its layers read → its snapshot: squashed, with components and sums. */
export function buildImageSnapshot(image: SourceImage, source: string, read: readonly ReadLayer[]): ImageSnapshot {
  const squashed = squash(read.map((layer) => layer.listing));
  const diffIds = image.layers.map((layer) => layer.diffId);
  const found = detectComponents(squashed.tree, toDiscoveryOptions(image.config, source, diffIds));
  const described = describeImage(
    image,
    source,
    read.map(({ scan }) => scan?.digest),
  );
  return {
    ...described,
    kind: "image",
    layers: described.layers.map((layer, i) => ({ ...layer, ...toReadFigures(read[i]!) })),
    layersContentSize: squashed.layersContentSize,
    rootfsSize: squashed.rootfsSize,
    wastedSize: squashed.layersContentSize - squashed.rootfsSize,
    wasted: squashed.wasted,
    directories: squashed.directories,
    owners: toOwners(read, squashed.tree.names, found),
    loads: toLoads(read, found.loads),
    bodies: findVisibleBodies(squashed.tree.names, {
      layerCount: read.length,
      nameOf: found.nameOf,
      ownerOf: (node) => found.owner.get(node),
      packageOf: (owner) => toPackage(found.components[owner]),
    }),
    graph: toGraph(found),
    problems: findProblems(source, read, squashed.problems, found.problems),
  };
}

/** The identity of a package; `undefined` for files of none, which the rungs of a set tell apart by layer. */
export function toPackage(component: Pick<Component, "kind" | "identity"> | undefined): string | undefined {
  if (component === undefined || component.kind === "unowned" || component.kind === "manager") return undefined;
  return component.identity;
}

function toReadFigures({ scan, listing: { tarSize, contentSize, kind } }: ReadLayer) {
  return { tarSize, contentSize, entryCount: kind.length, scan };
}

/** For each layer and entry, the owner of the visible name. */
function toOwners(read: readonly ReadLayer[], names: readonly FileNode[], found: FoundComponents): Int32Array[] {
  const owners = read.map(({ listing }) => new Int32Array(listing.kind.length).fill(HIDDEN));
  for (const node of names) {
    if (node.entry >= 0) owners[node.layer]![node.entry] = found.owner.get(node) ?? NOBODYS;
  }
  return owners;
}

/** With files as rows of all entries, in their order. */
function toLoads(read: readonly ReadLayer[], found: readonly FileLoad[]): FileLoads {
  const first = read.map(() => 0);
  for (let i = 1; i < read.length; i++) first[i] = first[i - 1]! + read[i - 1]!.listing.kind.length;
  const rowOf = ({ layer, entry }: { layer: number; entry: number }) => first[layer]! + entry;
  // A file by its body, which has its facts; what is found by its name, which has an owner.
  const loads = found.map(
    ({ file, need, found: library }) => [rowOf(file.body ?? file), need, rowOf(library)] as const,
  );
  return Int32Array.from(loads.sort(([a], [b]) => a - b).flat());
}

function toGraph(found: FoundComponents): GraphSnapshot {
  const { components, selfSize, edges, roots, rootReasons } = found;
  return {
    components,
    selfSize,
    edges: toColumns(edges),
    roots: Int32Array.from(roots),
    rootReasons: Uint8Array.from(rootReasons),
    live: new Uint8Array(components.length).fill(1),
  };
}

function toColumns(edges: readonly ComponentEdge[]): SnapshotEdges {
  const details = [...new Set(edges.map((edge) => edge.detail))];
  const row = new Map(details.map((detail, i) => [detail, i]));
  return {
    from: Int32Array.from(edges, (edge) => edge.from),
    to: Int32Array.from(edges, (edge) => edge.to),
    evidence: Uint8Array.from(edges, (edge) => edge.evidence),
    detail: Int32Array.from(edges, (edge) => (edge.detail === "" ? -1 : row.get(edge.detail)!)),
    details,
  };
}

function findProblems(
  source: string,
  read: readonly ReadLayer[],
  squashing: readonly Omit<Problem, "source">[],
  packages: readonly Problem[],
): Problem[] {
  const inLayers = read.flatMap(({ scan }) => scan?.problems ?? []);
  const found = [...inLayers, ...squashing, ...packages];
  const listed = found
    .slice(0, MAX_IMAGE_PROBLEMS)
    .map((problem) => ({ ...problem, source, path: cutText(problem.path, MAX_PROBLEM_PATH_LENGTH) }));
  const unlisted = found.length - listed.length;
  if (unlisted === 0) return listed;
  const message = `${unlisted} more problems are not listed`;
  return [...listed, { code: "limit-exceeded", severity: "warning", source, path: "", message }];
}
