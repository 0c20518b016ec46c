import {
  extractPnpState,
  type PnpDependency,
  type PnpPackage,
  parsePnp,
  toRealLocation,
  versionOfReference,
  withoutVirtual,
} from "#lib/formats/npm/index.ts";
import { npmPurl } from "#lib/formats/purl/index.ts";
import type { FileNode } from "#lib/model/file-tree.ts";
import { EntryKind } from "#lib/model/layer.ts";
import type { Discovery } from "./discovery.ts";
import { readBody } from "./documents.ts";
import { joinPath } from "./join-path.ts";
import type { NpmModules } from "./npm.ts";

const LOADERS = [".pnp.cjs", ".pnp.js"] as const;
/** What the loader reads if it has no data itself. */
const DATA = ".pnp.data.json";
const ARCHIVE = /^(.*?\.zip)\//;

/** The packages of an image that Yarn's Plug'n'Play loads. */
export interface PnpPackages {
  /** Their components, of those in archives. */
  readonly archives: readonly { readonly index: number }[];
  /** Directories of the image, each with what it may import: those of projects and of packages that are not in archives. */
  readonly directories: ReadonlySet<FileNode>;
  readonly needs: readonly PnpNeed[];
}

/** What a package may import: each is a directory or an archive, whose component is known when all have been detected. */
interface PnpNeed {
  readonly from: FileNode;
  readonly to: FileNode;
  readonly dependency: PnpDependency;
}

/**
 * Detects the packages of Yarn's Plug'n'Play installations, of which there are no `node_modules`: the loader has the place and the
 * dependencies of each. A package in an archive is a component that owns the archive; one that has been unpacked is an instance like
 * others. One package with several sets of peers (`virtual:`) is one component, since its files are there once.
 */
export function detectPnp(discovery: Discovery, npm: NpmModules): PnpPackages {
  const finder = new PnpFinder(discovery, npm);
  const directories = new Set<FileNode>();
  for (const { parent } of discovery.index.listNamed(...LOADERS, DATA)) {
    if (parent !== undefined) directories.add(parent);
  }
  for (const directory of [...directories].sort((a, b) => (a.path < b.path ? -1 : 1))) finder.addProject(directory);
  return finder;
}

class PnpFinder implements PnpPackages {
  readonly archives: { readonly index: number }[] = [];
  readonly directories = new Set<FileNode>();
  readonly needs: PnpNeed[] = [];
  readonly #discovery: Discovery;
  readonly #npm: NpmModules;

  constructor(discovery: Discovery, npm: NpmModules) {
    this.#discovery = discovery;
    this.#npm = npm;
  }

  addProject(project: FileNode): void {
    const packages = readPackages(this.#discovery, project);
    const places = new Map<string, FileNode>();
    for (const found of packages) {
      const place = this.#findPlace(project, found);
      if (place !== undefined) places.set(locator(found), place);
    }
    for (const found of packages) this.#addNeeds(places, found);
  }

  #addNeeds(places: ReadonlyMap<string, FileNode>, found: PnpPackage): void {
    const from = places.get(locator(found));
    if (from === undefined) return;
    for (const dependency of this.#discovery.takeDeclarations(found.dependencies)) {
      const to = places.get(locator(dependency));
      // What was not installed, such as a program for another processor, is in the data all the same.
      if (to !== undefined && to !== from) this.needs.push({ from, to, dependency });
    }
  }

  #findPlace(project: FileNode, found: PnpPackage): FileNode | undefined {
    const path = joinPath(project.path, toRealLocation(found.location));
    const archive = ARCHIVE.exec(`${path}/`)?.[1];
    const place = this.#discovery.tree.resolve(archive ?? path);
    if (archive === undefined && place?.kind === EntryKind.directory) this.directories.add(place);
    else if (archive === undefined || place?.body === undefined || found.name === "") return undefined;
    else this.#addArchive(place, found);
    return place;
  }

  #addArchive(archive: FileNode, { name, reference }: PnpPackage): void {
    const { owners } = this.#discovery;
    if (this.#npm.components.has(archive)) return;
    const shipped = owners.ownerOf(archive);
    const index = shipped >= 0 ? shipped : this.#addComponent(name, versionOfReference(reference), archive);
    this.#npm.components.set(archive, index);
    if (shipped >= 0) return;
    owners.claim(archive, index);
    this.archives.push({ index });
  }

  #addComponent(name: string, version: string, { path: instancePath }: FileNode): number {
    const identity = npmPurl(name, version);
    return this.#discovery.addComponent({ kind: "npm", name, version, identity, instancePath });
  }
}

function locator({ name, reference }: { readonly name: string; readonly reference: string }): string {
  return `${name}\0${reference}`;
}

function readPackages(discovery: Discovery, project: FileNode): readonly PnpPackage[] {
  const loader = LOADERS.map((name) => project.children.get(name)).find((file) => file !== undefined);
  const data = project.children.get(DATA);
  const state = loader === undefined ? undefined : readState(discovery, loader);
  const isInLoader = state !== undefined && state.length > 0;
  const file = isInLoader ? loader : (data ?? loader);
  const body = isInLoader || data === undefined ? state : readBody(discovery, data);
  if (file === undefined || body === undefined) return [];
  const { value, problems } = parsePnp(body);
  discovery.addProblems(file.path, problems);
  return value;
}

/** A layer keeps a loader's data alone. */
function readState(discovery: Discovery, loader: FileNode): Uint8Array | undefined {
  const body = readBody(discovery, loader);
  return body === undefined || body[0] === 0x7b ? body : extractPnpState(body);
}

/** Adds the edges between packages of Plug'n'Play. */
export function addPnpEdges(discovery: Discovery, { components }: NpmModules, { needs }: PnpPackages): void {
  for (const { from, to, dependency } of needs) {
    const [source, target] = [components.get(from), components.get(to)];
    if (source !== undefined && target !== undefined) discovery.addEdge(source, target, toDetail(dependency));
  }
}

function toDetail({ alias, name, reference }: PnpDependency): string {
  const plain = withoutVirtual(reference);
  return `packageDependencies: ${alias === name ? `${name}@${plain}` : `${alias}@${name}@${plain}`}`;
}
