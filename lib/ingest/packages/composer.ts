import { type ComposerPackage, parseInstalledJson } from "#lib/formats/composer/index.ts";
import { composerPurl } from "#lib/formats/purl/index.ts";
import type { FileNode } from "#lib/model/file-tree.ts";
import { EntryKind } from "#lib/model/layer.ts";
import { claimTree } from "./claim-tree.ts";
import type { Discovery } from "./discovery.ts";
import { readBody } from "./documents.ts";

const VENDOR = "vendor";
export const MANIFEST = "composer.json";

/** The packages in one `vendor` directory. */
export interface ComposerVendor {
  readonly directory: FileNode;
  readonly database: FileNode;
  readonly packages: readonly InstalledComposer[];
}

interface InstalledComposer {
  readonly package: ComposerPackage;
  readonly directory: FileNode | undefined;
  readonly index: number;
  /** Of a distribution package, which ships it. */
  readonly isShipped: boolean;
}

/**
 * Detects PHP packages that Composer has installed: those that `vendor/composer/installed.json` lists. A package whose composer.json
 * belongs to a distribution package is that package's. A package owns the files under its directory, except those in the directory
 * of another one and those that a distribution package lists.
 */
export function detectComposer(discovery: Discovery): ComposerVendor[] {
  const vendors = findDatabases(discovery).map((database) => readVendor(discovery, database));
  const packages = vendors.flatMap((vendor) => vendor.packages);
  const nested = new Set(packages.flatMap(({ directory }) => directory ?? []));
  for (const { directory, index, isShipped } of packages) {
    if (directory !== undefined && !isShipped) claimTree(discovery, directory, index, nested);
  }
  for (const vendor of vendors) addEdges(discovery, vendor);
  return vendors;
}

/** In path order, because the order in which directories were listed is arbitrary. */
function findDatabases({ index }: Discovery): FileNode[] {
  const found: FileNode[] = [];
  for (const { children } of index.listNamed(VENDOR)) {
    const database = children.get("composer")?.children.get("installed.json");
    if (database !== undefined) found.push(database);
  }
  return found.sort((a, b) => (a.path < b.path ? -1 : 1));
}

function readVendor(discovery: Discovery, database: FileNode): ComposerVendor {
  const directory = database.parent!.parent!;
  const body = readBody(discovery, database);
  const { value, problems } = body === undefined ? { value: [], problems: [] } : parseInstalledJson(body);
  discovery.addProblems(database.path, problems);
  return { directory, database, packages: value.map((found) => addPackage(discovery, database, found)) };
}

function addPackage(discovery: Discovery, database: FileNode, found: ComposerPackage): InstalledComposer {
  const directory = findDirectory(discovery, database, found);
  const limited = {
    ...found,
    requires: discovery.takeDeclarations(found.requires),
    provides: discovery.takeDeclarations(found.provides),
  };
  const shipped = discovery.owners.ownerOf(directory?.children.get(MANIFEST) ?? database);
  if (shipped >= 0) return { package: limited, directory, index: shipped, isShipped: true };
  const { name, version } = found;
  const instancePath = directory?.path ?? `${database.parent!.parent!.path}/${name}`;
  const identity = composerPurl(name, version);
  const index = discovery.addComponent({ kind: "composer", name, version, identity, instancePath });
  return { package: limited, directory, index, isShipped: false };
}

/** The package's directory, at its real path (a repository of type `path` is a link); never one that `vendor` itself is in. */
function findDirectory(
  { tree }: Discovery,
  database: FileNode,
  { installPath }: ComposerPackage,
): FileNode | undefined {
  if (installPath === "") return undefined;
  const path = installPath.startsWith("/") ? installPath : `${database.parent!.path}/${installPath}`;
  const directory = tree.resolve(path);
  if (directory?.kind !== EntryKind.directory) return undefined;
  for (let outer: FileNode | undefined = database; outer !== undefined; outer = outer.parent) {
    if (outer === directory) return undefined;
  }
  return directory;
}

/** Composer has one package of a name in a project; a name that is not there may be provided or replaced by several. */
function addEdges(discovery: Discovery, { database, packages }: ComposerVendor): void {
  const providers = listProviders(packages);
  for (const { package: found, index, isShipped } of packages) {
    for (const { name, constraint } of isShipped ? [] : found.requires) {
      const detail = constraint === "" ? `require: ${name}` : `require: ${name} ${constraint}`;
      const targets = providers.get(name) ?? [];
      for (const to of targets) if (discovery.spendCandidate()) discovery.addEdge(index, to, detail);
      if (targets.length === 0) discovery.addUnresolved(database.path, index, detail);
    }
  }
}

/** The packages that are or stand for each name. */
export function listProviders(packages: readonly InstalledComposer[]): ReadonlyMap<string, readonly number[]> {
  const providers = new Map<string, number[]>();
  for (const { package: found, index } of packages) {
    for (const name of new Set(found.provides)) {
      const known = providers.get(name);
      if (known === undefined) providers.set(name, [index]);
      else known.push(index);
    }
  }
  for (const { package: found, index } of packages) providers.set(found.name, [index]);
  return providers;
}
