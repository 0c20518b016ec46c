import { type NpmManifest, parsePackageJson } from "#lib/formats/npm/index.ts";
import { npmPurl } from "#lib/formats/purl/index.ts";
import type { FileNode } from "#lib/model/file-tree.ts";
import { EntryKind } from "#lib/model/layer.ts";
import { claimTree } from "./claim-tree.ts";
import type { Discovery } from "./discovery.ts";
import { readBody } from "./documents.ts";
import { ModuleLookup } from "./module-lookup.ts";

export const MODULES = "node_modules";
const STORE = ".store";
export const MANIFEST = "package.json";

/** An installed package, as a component of its own. */
export interface NpmInstance {
  readonly directory: FileNode;
  readonly manifest: NpmManifest;
  readonly index: number;
}

/** The npm data needed for projects, edges and roots. */
export interface NpmModules {
  readonly instances: readonly NpmInstance[];
  /** The outermost `node_modules`, with the instances under each. */
  readonly tops: readonly ModulesTop[];
  /** The component of a package's directory: an instance, or the distribution package that ships it. Projects are added. */
  readonly components: Map<FileNode, number>;
  readonly lookup: ModuleLookup;
}

interface ModulesTop {
  readonly modules: FileNode;
  readonly instances: readonly number[];
}

/**
 * Detects npm package instances: directories directly in a `node_modules`, or in an `@scope` there, whose package.json has a
 * name. A directory that a symlink leads to is found at its real path (pnpm's layout, and Yarn's of that name), never twice. A directory whose
 * package.json belongs to a distribution package is that package's (Debian packages npm this way).
 *
 * An instance owns the files under its directory, except those in a nested instance and those that a distribution package lists, and
 * the links to its programs.
 */
export function detectNpmInstances(discovery: Discovery): NpmModules {
  const finder = new NpmFinder(discovery);
  for (const node of discovery.index.listNamed(MODULES)) if (node.kind === EntryKind.directory) finder.addModules(node);
  finder.addInstances();
  const nested = new Set(finder.instances.map(({ directory }) => directory));
  for (const instance of finder.instances) claimTree(discovery, instance.directory, instance.index, nested);
  for (const { modules } of finder.tops) claimPrograms(discovery, modules);
  return finder;
}

/** The links to programs that an outermost `node_modules` has for all of its packages. */
function claimPrograms({ tree, owners }: Discovery, modules: FileNode): void {
  for (const link of modules.children.get(".bin")?.children.values() ?? []) {
    const program = link.kind === EntryKind.symlink ? tree.resolve(link.path) : undefined;
    const owner = program === undefined ? -1 : owners.ownerOf(program);
    if (owner >= 0) owners.claim(link, owner);
  }
}

/** A directory that may contain an instance. */
interface Candidate {
  readonly directory: FileNode;
  readonly path: string;
  /** The outermost `node_modules` around it. */
  readonly top: FileNode;
}

class NpmFinder implements NpmModules {
  readonly instances: NpmInstance[] = [];
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

  /** Adds the packages of one `node_modules`. The tree is listed parents first, so the outer ones are known. */
  addModules(modules: FileNode): void {
    const top = this.#findTop(modules);
    this.#topOf.set(modules, top);
    if (top === modules) this.#tops.set(modules, []);
    for (const child of modules.children.values()) {
      if (child.kind !== EntryKind.directory) continue;
      if (child.name === STORE) this.#addStore(child, top);
      if (!child.name.startsWith("@")) this.#candidates.push({ directory: child, path: child.path, top });
      else {
        for (const scoped of child.children.values()) {
          if (scoped.kind === EntryKind.directory) this.#candidates.push({ directory: scoped, path: scoped.path, top });
        }
      }
    }
  }

  /** Yarn's nodeLinker pnpm has a directory for each package, with the package and its own `node_modules`. */
  #addStore(store: FileNode, top: FileNode): void {
    for (const { children } of store.children.values()) {
      const directory = children.get("package");
      if (directory?.kind === EntryKind.directory) this.#candidates.push({ directory, path: directory.path, top });
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
    // The other fields are for those who develop the package.
    const kept = { ...manifest, dependencies, devDependencies: [], workspaces: [] };
    this.instances.push({ directory, manifest: kept, index });
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
