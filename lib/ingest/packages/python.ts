import { pypiPurl, toPypiName } from "#lib/formats/purl/index.ts";
import { type PythonMetadata, parseEggRequires, parsePythonMetadata } from "#lib/formats/python/index.ts";
import type { FileNode } from "#lib/model/file-tree.ts";
import { EntryKind } from "#lib/model/layer.ts";
import type { Discovery } from "./discovery.ts";
import { parseDocument, readNode } from "./documents.ts";
import { PythonClaims } from "./python-claims.ts";
import type { PythonDistribution } from "./python-edges.ts";
import { isSiteDirectory } from "./python-sites.ts";

/** Metadata of a distribution: a directory, or an egg in one file. */
interface Candidate {
  readonly metadata: FileNode;
  readonly site: FileNode;
  /** METADATA or PKG-INFO; `undefined` for a zipped egg, which only its name describes. */
  readonly headers: FileNode | undefined;
}

/** `NAME-VERSION-pyX.Y.egg`, the format of setuptools before wheels. */
const ZIPPED_EGG = /^([A-Za-z0-9][A-Za-z0-9._]*)-([^-]+)-py\d\.\d+(?:-.+)?\.egg$/;

/**
 * Detects Python distributions by their metadata: `.dist-info` and `.egg-info` directories, `.egg-info` files, and eggs. Each is a
 * component where it is; a distribution package that lists the metadata (a deb's, an rpm's) is the component instead, and so is a
 * distribution that lists that of another inside it.
 *
 * A distribution owns the files of its RECORD or installed-files.txt; without either, the modules that its top_level.txt names. No
 * distribution takes a file that a distribution package lists.
 */
export function detectPythons(discovery: Discovery): PythonDistribution[] {
  const finder = new PythonFinder(discovery);
  for (const node of discovery.nodes) finder.visit(node);
  finder.addDistributions();
  return finder.found;
}

class PythonFinder {
  readonly found: PythonDistribution[] = [];
  readonly #discovery: Discovery;
  readonly #candidates: Candidate[] = [];
  readonly #texts = new Map<string, string>();

  constructor(discovery: Discovery) {
    this.#discovery = discovery;
  }

  visit(node: FileNode): void {
    const { parent: site } = node;
    if (site === undefined || !/\.(?:dist-info|egg-info|egg)$/.test(node.name)) return;
    const headers = findHeaders(node);
    const isZipped = node.body !== undefined && ZIPPED_EGG.test(node.name) && isSiteDirectory(site);
    if (headers !== undefined || isZipped) this.#candidates.push({ metadata: node, site, headers });
  }

  /** Outer directories first: what a distribution lists inside itself (setuptools' `_vendor`) is part of it. */
  addDistributions(): void {
    const claims = new PythonClaims(this.#discovery);
    const ordered = this.#candidates.map((candidate) => ({
      ...candidate,
      depth: candidate.site.path.split("/").length,
    }));
    ordered.sort((a, b) => a.depth - b.depth || (a.metadata.path < b.metadata.path ? -1 : 1));
    const unlisted: PythonDistribution[] = [];
    for (const candidate of ordered) {
      const distribution = this.#add(candidate);
      if (distribution === undefined) continue;
      this.found.push(distribution);
      if (!distribution.isShipped && !claims.claimListed(distribution)) unlisted.push(distribution);
    }
    for (const distribution of unlisted) claims.claimModules(distribution);
  }

  #add({ metadata, site, headers }: Candidate): PythonDistribution | undefined {
    const read = headers === undefined ? fromEggName(metadata.name) : this.#readMetadata(metadata, headers);
    if (read === undefined) return undefined;
    const { name, version } = read;
    const owner = this.#discovery.owners.ownerOf(headers ?? metadata);
    const index = owner >= 0 ? owner : this.#addComponent(read, metadata);
    const declared = owner >= 0 ? [] : this.#discovery.takeDeclarations(read.requirements);
    const requirements = declared.map((text) => this.#share(text));
    return { name, version, requirements, metadata, site, index, isShipped: owner >= 0 };
  }

  /** Equal requirements are one text, which does not keep the document alive that it is from. */
  #share(text: string): string {
    const known = this.#texts.get(text);
    if (known !== undefined) return known;
    const copy = Buffer.from(text).toString();
    this.#texts.set(copy, copy);
    return copy;
  }

  #addComponent({ name, version }: PythonMetadata, { path }: FileNode): number {
    const identity = pypiPurl(name, version);
    const component = { kind: "pypi", name: toPypiName(name), version, identity, instancePath: path } as const;
    return this.#discovery.addComponent(component);
  }

  /** An egg's PKG-INFO may have requirements; its requires.txt has all of them. */
  #readMetadata(metadata: FileNode, headers: FileNode): PythonMetadata | undefined {
    const read = parseDocument(this.#discovery, readNode(this.#discovery, headers), parsePythonMetadata);
    const directory = metadata.name.endsWith(".egg") ? metadata.children.get("EGG-INFO") : metadata;
    const file = directory?.children.get("requires.txt");
    if (read === undefined || file === undefined || metadata.name.endsWith(".dist-info")) return read;
    const listed = parseDocument(this.#discovery, readNode(this.#discovery, file), parseEggRequires);
    return { ...read, requirements: listed ?? read.requirements };
  }
}

function findHeaders(node: FileNode): FileNode | undefined {
  if (node.name.endsWith(".dist-info")) return node.children.get("METADATA");
  if (node.name.endsWith(".egg")) return node.children.get("EGG-INFO")?.children.get("PKG-INFO");
  return node.kind === EntryKind.file ? node : node.children.get("PKG-INFO");
}

function fromEggName(fileName: string): PythonMetadata | undefined {
  const [, name, version] = ZIPPED_EGG.exec(fileName) ?? [];
  return name === undefined || version === undefined ? undefined : { name, version, requirements: [] };
}
