import { type NpmManifest, parsePackageJson } from "#lib/formats/npm/index.ts";
import { npmPurl } from "#lib/formats/purl/index.ts";
import type { FileNode } from "#lib/model/file-tree.ts";
import { EntryKind } from "#lib/model/layer.ts";
import { claimTree } from "./claim-tree.ts";
import type { Discovery } from "./discovery.ts";
import { readBody } from "./documents.ts";
import { ModuleLookup } from "./module-lookup.ts";

const MODULES = "node_modules";
const MANIFEST = "package.json";

interface NpmInstance {
  readonly directory: FileNode;
  readonly manifest: NpmManifest;
  readonly index: number;
}

/** The npm data needed for roots: where dependency trees start, and which component a directory is. */
export interface NpmTrees {
  /** The outermost `node_modules`, with the instances under each. */
  readonly tops: readonly ModulesTop[];
  /** The component that `name` resolves to from a directory. */
  resolve(from: FileNode, name: string): number | undefined;
}

interface ModulesTop {
  readonly modules: FileNode;
  readonly instances: readonly number[];
}

/**
 * Detects npm package instances: directories directly in a `node_modules`, or in an `@scope` there, whose package.json has a
 * name. A directory that a symlink leads to is found at its real path (pnpm's layout), never twice. A directory whose
 * package.json belongs to a distribution package is that package's (Debian packages npm this way).
 *
 * An instance owns the files under its directory, except those in a nested instance and those that a distribution package lists.
 */
export function detectNpmInstances(discovery: Discovery): NpmTrees {
  const finder = new NpmFinder(discovery);
  for (const node of discovery.nodes) {
    if (node.name === MODULES && node.kind === EntryKind.directory) finder.addModules(node);
  }
  finder.addInstances();
  const nested = new Set(finder.instances.map(({ directory }) => directory));
  for (const instance of finder.instances) {
    claimTree(discovery, instance.directory, instance.index, nested);
    addNpmEdges(discovery, instance, finder);
  }
  return finder;
}

/** A directory that may contain an instance. */
interface Candidate {
  readonly directory: FileNode;
  readonly path: string;
  /** The outermost `node_modules` around it. */
  readonly top: FileNode;
}

class NpmFinder implements NpmTrees {
  readonly instances: NpmInstance[] = [];
  /** The component of a package's directory: an instance, or the distribution package that ships it. */
  readonly components = new Map<FileNode, number>();
  readonly lookup: ModuleLookup;
  readonly #discovery: Discovery;
  readonly #candidates: Candidate[] = [];
  readonly #tops = new Map<FileNode, number[]>();
  readonly #topOf = new Map<FileNode, FileNode>();

  constructor(discovery: Discovery) {
    this.#discovery = discovery;
    this.lookup = new ModuleLookup(discovery);
  }

  get tops(): ModulesTop[] {
    return [...this.#tops].map(([modules, instances]) => ({ modules, instances }));
  }

  resolve(from: FileNode, name: string): number | undefined {
    const directory = this.lookup.find(from, name);
    return directory === undefined ? undefined : this.components.get(directory);
  }

  /** Adds the packages of one `node_modules`. The tree is listed parents first, so the outer ones are known. */
  addModules(modules: FileNode): void {
    const top = this.#findTop(modules);
    this.#topOf.set(modules, top);
    if (top === modules) this.#tops.set(modules, []);
    for (const child of modules.children.values()) {
      if (child.kind !== EntryKind.directory) continue;
      if (!child.name.startsWith("@")) this.#candidates.push({ directory: child, path: child.path, top });
      else {
        for (const scoped of child.children.values()) {
          if (scoped.kind === EntryKind.directory) this.#candidates.push({ directory: scoped, path: scoped.path, top });
        }
      }
    }
  }

  /** Makes components of the candidates, in path order, because the order in which directories were listed is arbitrary. */
  addInstances(): void {
    this.#candidates.sort((a, b) => (a.path < b.path ? -1 : 1));
    for (const { directory, path, top } of this.#candidates) {
      const file = directory.children.get(MANIFEST);
      if (file === undefined) continue;
      const shipped = this.#discovery.owners.ownerOf(file);
      if (shipped >= 0) this.components.set(directory, shipped);
      else this.#addInstance({ directory, path, top }, file);
    }
  }

  #addInstance({ directory, path, top }: Candidate, file: FileNode): void {
    const manifest = readManifest(this.#discovery, file);
    if (manifest === undefined || manifest.name === "") return;
    const { name, version } = manifest;
    const identity = npmPurl(name, version);
    const index = this.#discovery.addComponent({ kind: "npm", name, version, identity, instancePath: path });
    const dependencies = this.#discovery.takeDeclarations(manifest.dependencies);
    this.instances.push({ directory, manifest: { ...manifest, dependencies }, index });
    this.components.set(directory, index);
    this.#tops.get(top)?.push(index);
  }

  #findTop(modules: FileNode): FileNode {
    for (let node = modules.parent; node !== undefined; node = node.parent) {
      const top = this.#topOf.get(node);
      if (top !== undefined) return top;
    }
    return modules;
  }
}

/** Reads a package.json. `undefined` if there is none; reports its faults. */
export function readManifest(discovery: Discovery, file: FileNode): NpmManifest | undefined {
  const body = readBody(discovery, file);
  if (body === undefined) return undefined;
  const { value, problems } = parsePackageJson(body);
  discovery.addProblems(file.path, problems);
  return value;
}

/**
 * Adds edges for `dependencies`, `optionalDependencies` and `peerDependencies`, resolved as Node does. Only a missing ordinary
 * dependency is a problem: npm leaves out optional ones that do not build, and peers are for the dependent to install. A name
 * that leads to a directory that is not a component (a workspace) counts as found, without an edge.
 */
function addNpmEdges(discovery: Discovery, { directory, manifest, index }: NpmInstance, finder: NpmFinder): void {
  for (const { field, name, range } of manifest.dependencies) {
    const target = finder.lookup.find(directory, name);
    const detail = range === "" ? `${field}: ${name}` : `${field}: ${name}@${range}`;
    const to = target === undefined ? undefined : finder.components.get(target);
    if (to !== undefined) discovery.addEdge(index, to, detail);
    else if (target === undefined && field === "dependencies") {
      discovery.addUnresolved(`${directory.path}/${MANIFEST}`, index, detail);
    }
  }
}
