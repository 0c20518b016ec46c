import type { LayerShow } from "#lib/model/layer-files.ts";
import type { NeedList } from "#lib/model/needs-answer.ts";
import { shortDigest } from "#lib/model/short-digest.ts";

/** The page of a candidate for an ambiguous artifact name: its last word is the digest. */
export function candidatePath(candidate: string): string {
  return artifactPath(candidate.slice(candidate.lastIndexOf(" ") + 1));
}

/** The page of an artifact by a name of it, or of a component in it, where its digest is not known. */
export function namedArtifactPath(name: string, component?: string): string {
  const path = `/artifacts/${encodeURIComponent(name)}`;
  return component === undefined ? path : `${path}/why/${encodeURIComponent(component)}`;
}

/** The URL of an artifact's page: by digest, so that it is the same on another machine. */
export function artifactPath(digest: string): string {
  return `/artifacts/${shortDigest(digest)}`;
}

/** The graph of an artifact as a file; `spec`: the version of the format, if not its default. */
export function exportPath(digest: string, format: string, spec?: string): string {
  return withQuery(`${artifactPath(digest)}/export`, { format, spec });
}

/** A layer at its position in an image; `show`: only these of its files. */
export function layerPath(digest: string, position: number, query: LayerQuery = {}): string {
  return withQuery(`${artifactPath(digest)}/layers/${position}`, { show: query.show, q: query.text });
}

interface LayerQuery {
  readonly show?: LayerShow | undefined;
  /** Part of a path. */
  readonly text?: string | undefined;
}

/** UTF-16 units of a path that links of a list contain: a page of hundreds of the longest would have megabytes. */
const MAX_LISTED_PATH = 256;

/** The path for a link in a list; `undefined` if it is too long for one. */
export function listedPath(path: string): string | undefined {
  return path.length <= MAX_LISTED_PATH ? path : undefined;
}

/** The page of a file in a list, if its path is not too long for one. */
export function listedFilePath(digest: string, path: string, layer?: number): string | undefined {
  return listedPath(path) === undefined ? undefined : openedFilePath(digest, path, layer);
}

/** What a file of an image is. `layer`: as this layer has it; default: as containers see it. */
export function openedFilePath(digest: string, path: string, layer?: number): string {
  return withQuery(`${artifactPath(digest)}/file`, { path: `/${path}`, layer });
}

/** The route with the contents of a file. */
export function contentsPath(digest: string, path: string, layer?: number): string {
  return withQuery("/contents", { artifact: shortDigest(digest), path, layer });
}

/** The page with a file of two artifacts, and the route with the difference of its texts. */
export function fileDiffPath(left: string, right: string, path: string): string {
  return withQuery("/compare/file", { a: shortDigest(left), b: shortDigest(right), path });
}
export function contentDiffPath(left: string, right: string, path: string): string {
  return withQuery("/contents/difference", { a: shortDigest(left), b: shortDigest(right), path });
}

/** A node that an address may name. */
export interface AddressedNode {
  readonly nodeIndex: number;
  readonly id: string;
}

/**
 * A node in an address: its id, which means the same node after another scan and in another version; only if that is too long for
 * a list of links, its index.
 */
export function nodeText({ id, nodeIndex }: AddressedNode): string {
  return id === "" || /^\d+$/.test(id) ? `${nodeIndex}` : (listedPath(id) ?? `${nodeIndex}`);
}

/** The graph of an artifact; with a node, the node in the middle of what needs it and what it needs. */
export function graphPath(digest: string, node?: AddressedNode): string {
  const path = `${artifactPath(digest)}/graph`;
  return node === undefined ? path : withQuery(path, { view: "focus", node: nodeText(node) });
}

/** Leads to the layer that has most of a node's files. */
export function layerOfPath(digest: string, nodeIndex: number): string {
  return `${artifactPath(digest)}/layer-of/${nodeIndex}`;
}

/** The files of a component in two artifacts; "" for a side that does not have it. */
export function componentFilesPath(
  artifacts: readonly [left: string, right: string],
  nodes: readonly [left: string, right: string],
): string {
  const [a, b] = artifacts.map(shortDigest);
  return withQuery("/compare/component", { a, b, left: nodes[0], right: nodes[1] });
}

/** The paths from the roots to a node, as one drawing. */
export function pathsPath(digest: string, node: AddressedNode): string {
  return withQuery(`${artifactPath(digest)}/graph`, { paths: nodeText(node) });
}

/** What a name, or any tag of a repository, referred to over time. */
export function namePath(name: string): string {
  return `/names/${encodeURIComponent(name)}`;
}

/** The same in a list, if the name is not too long for one. */
export function listedNamePath(name: string): string | undefined {
  return listedPath(name) === undefined ? undefined : namePath(name);
}

/** All files of all layers of an image; those whose path contains `text`. */
export function filesPath(digest: string, text = ""): string {
  return withQuery(`${artifactPath(digest)}/files`, { q: text });
}

/** What could be removed from an artifact. */
export function removePath(digest: string): string {
  return `${artifactPath(digest)}/remove`;
}

/** What keeps what in an artifact, as a picture that zooms. */
export function retainedPath(digest: string): string {
  return `${artifactPath(digest)}/retained`;
}

/** Which roots keep what of an artifact. */
export function rootsPath(digest: string): string {
  return `${artifactPath(digest)}/roots`;
}

/** What an image needs and does not have, and where declarations and files disagree. `list`: one of those lists. */
export function needsPath(digest: string, list?: NeedList): string {
  return withQuery(`${artifactPath(digest)}/needs`, { list });
}

/** `node`: also its index in the artifact, or its id. */
export function whyPath(digest: string, node: AddressedNode | number | string): string {
  return `${artifactPath(digest)}/why/${encodeURIComponent(typeof node === "object" ? nodeText(node) : node)}`;
}

/** What the programs of a node need, as a file. */
export function programsCsvPath(digest: string, node: AddressedNode): string {
  return withQuery(`${artifactPath(digest)}/programs.csv`, { node: nodeText(node) });
}

/** A report with one of its intersections open. */
export function reportPath(id: string, cell?: readonly number[]): string {
  return cell === undefined ? `/r/${id}` : `/r/${id}?cell=${cell.join(".")}#cell`;
}

export type QueryValue = string | number | readonly (string | number)[] | undefined;

/**
 * `path`, which may have a query, with these parameters; empty and missing ones are left out, so that a page's plain address stays
 * plain. Commas, colons and slashes stay as they are (RFC 3986, 3.4): a person can read `in=api:2.3,host/worker` and change it.
 */
export function withQuery(path: string, query: Readonly<Record<string, QueryValue>>): string {
  const parameters = new URLSearchParams();
  for (const [name, values] of Object.entries(query))
    for (const value of [values ?? []].flat()) if (value !== "") parameters.append(name, `${value}`);
  const text = `${parameters}`.replace(/%(2C|3A|2F)/g, decodeURIComponent);
  return text === "" ? path : `${path}${path.includes("?") ? "&" : "?"}${text}`;
}
