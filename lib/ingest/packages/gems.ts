import { fullNameOf, type Gemspec, parseGemspec, toGemVersion } from "#lib/formats/gem/index.ts";
import { gemPurl } from "#lib/formats/purl/index.ts";
import type { FileNode } from "#lib/model/file-tree.ts";
import { EntryKind } from "#lib/model/layer.ts";
import { claimTree } from "./claim-tree.ts";
import type { Discovery } from "./discovery.ts";
import { parseDocument, readNode } from "./documents.ts";
import { compareGems, type GemHome, type InstalledGem, InstalledGems, prefixOfHome, toGemHome } from "./gem-homes.ts";

const SPECIFICATIONS = "specifications";
const DEFAULT = "default";
const SUFFIX = ".gemspec";

/** The gems of an image: those that are components of their own, and how to find any. */
export interface FoundGems {
  readonly instances: readonly GemInstance[];
  readonly all: InstalledGems;
}

export interface GemInstance extends InstalledGem {
  readonly gemspec: Gemspec;
  readonly file: FileNode;
  /** Part of Ruby itself: in `specifications/default`. */
  readonly isDefault: boolean;
}

/**
 * Detects Ruby gems: one for each gemspec in a `specifications` directory, or in `default` there. A gem whose gemspec belongs to a
 * distribution package is that package's (Debian packages gems this way).
 *
 * A gem owns its gemspec, the files in its directories under `gems`, `extensions` and `doc`, and the wrappers of its programs, except
 * those that a distribution package lists.
 */
export function detectGems(discovery: Discovery): FoundGems {
  const finder = new GemFinder(discovery);
  for (const home of findHomes(discovery)) finder.addHome(home);
  const instances = finder.instances;
  const folders = new GemFolders(discovery);
  for (const instance of instances) folders.claim(instance);
  // The highest version has the wrapper that several share.
  for (const instance of instances.toSorted(compareGems)) claimPrograms(discovery, instance);
  const all = new InstalledGems(discovery, finder.gems);
  for (const instance of instances) addGemEdges(discovery, instance, all);
  return { instances, all };
}

/** In path order, because the order in which directories were listed is arbitrary. */
function findHomes({ index }: Discovery): GemHome[] {
  const homes: FileNode[] = [];
  for (const { kind, parent } of index.listNamed(SPECIFICATIONS)) {
    if (kind === EntryKind.directory && parent !== undefined) homes.push(parent);
  }
  return homes.sort((a, b) => (a.path < b.path ? -1 : 1)).map(toGemHome);
}

class GemFinder {
  readonly instances: GemInstance[] = [];
  readonly gems: InstalledGem[] = [];
  readonly #discovery: Discovery;

  constructor(discovery: Discovery) {
    this.#discovery = discovery;
  }

  addHome(home: GemHome): void {
    const directory = home.directory.children.get(SPECIFICATIONS)!;
    for (const file of listGemspecs(directory)) this.#add(home, file, false);
    const ofRuby = directory.children.get(DEFAULT);
    for (const file of ofRuby === undefined ? [] : listGemspecs(ofRuby)) this.#add(home, file, true);
  }

  #add(home: GemHome, file: FileNode, isDefault: boolean): void {
    const parsed = this.#read(file);
    if (parsed === undefined) return;
    const { name, platform } = parsed;
    const version = toGemVersion(parsed.version);
    const shipped = this.#discovery.owners.ownerOf(file);
    if (shipped >= 0) this.gems.push({ name, version, platform, home, index: shipped });
    else {
      const index = this.#addComponent(home, parsed);
      const dependencies = this.#discovery.takeDeclarations(parsed.dependencies);
      const instance = { name, version, platform, home, index, gemspec: { ...parsed, dependencies }, file, isDefault };
      this.gems.push(instance);
      this.instances.push(instance);
    }
  }

  #read(file: FileNode): Gemspec | undefined {
    const parse = (text: string) => parseGemspec(text, file.name.slice(0, -SUFFIX.length));
    return parseDocument(this.#discovery, readNode(this.#discovery, file), parse);
  }

  #addComponent(home: GemHome, gemspec: Gemspec): number {
    const { name, version, platform } = gemspec;
    const instancePath = `${home.directory.path}/gems/${fullNameOf(gemspec)}`.replace(/^\//, "");
    return this.#discovery.addComponent({
      kind: "gem",
      name,
      version,
      identity: gemPurl(name, version, platform),
      instancePath,
    });
  }
}

function listGemspecs(directory: FileNode): FileNode[] {
  const files = [...directory.children.values()];
  const found = files.filter(({ name, kind }) => name.endsWith(SUFFIX) && kind !== EntryKind.directory);
  return found.sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** The directories of each home that have one for each gem. */
class GemFolders {
  readonly #discovery: Discovery;
  readonly #folders = new Map<GemHome, readonly FileNode[]>();

  constructor(discovery: Discovery) {
    this.#discovery = discovery;
  }

  claim({ gemspec, file, home, index }: GemInstance): void {
    this.#discovery.owners.claim(file, index);
    const name = fullNameOf(gemspec);
    for (const folder of this.#list(home)) {
      const directory = this.#discovery.spendCandidate() ? folder.children.get(name) : undefined;
      if (directory?.kind === EntryKind.directory) claimTree(this.#discovery, directory, index);
    }
  }

  #list(home: GemHome): readonly FileNode[] {
    let folders = this.#folders.get(home);
    if (folders === undefined) {
      const { children } = home.directory;
      const all = [children.get("gems"), children.get("doc"), ...listExtensions(home)];
      folders = all.filter((folder) => folder !== undefined);
      this.#folders.set(home, folders);
    }
    return folders;
  }
}

/** `extensions/PLATFORM/ABI`, with a directory for each gem that was compiled. */
function listExtensions({ directory }: GemHome): FileNode[] {
  const platforms = directory.children.get("extensions")?.children.values() ?? [];
  return [...platforms].flatMap((platform) => [...platform.children.values()]);
}

/** RubyGems writes a wrapper for each program of a gem: into `bin` of its home, or for Ruby's own home into `bin` of its prefix. */
function claimPrograms(discovery: Discovery, { gemspec, home, index }: GemInstance): void {
  if (gemspec.executables.length === 0) return;
  for (const bin of listBins(discovery, home)) {
    for (const name of gemspec.executables) {
      const wrapper = bin.children.get(name);
      if (wrapper !== undefined) discovery.owners.claim(wrapper, index);
    }
  }
}

const DEBIANS_HOME = /^var\/lib\/gems\/[^/]+$/;

function listBins({ tree }: Discovery, home: GemHome): FileNode[] {
  const { directory } = home;
  const prefix = DEBIANS_HOME.test(directory.path) ? "usr/local" : prefixOfHome(home);
  const bins = [directory.children.get("bin"), prefix === undefined ? undefined : tree.resolve(`${prefix}/bin`)];
  return bins.filter((bin) => bin !== undefined);
}

/** Adds edges for the dependencies that a gem needs to run, resolved as RubyGems does when it loads the gem. */
function addGemEdges(discovery: Discovery, { gemspec, file, home, index }: GemInstance, all: InstalledGems): void {
  for (const dependency of gemspec.dependencies) {
    const detail = `dependency: ${dependency.text}`;
    const found = all.resolve(home, dependency);
    if (found !== undefined) discovery.addEdge(index, found.index, detail);
    // With no comparisons left it is not known.
    else if (discovery.spendCandidate()) discovery.addUnresolved(file.path, index, detail);
  }
}
