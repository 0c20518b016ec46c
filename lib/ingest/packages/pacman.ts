import {
  type PacmanPackage,
  parsePacmanDesc,
  parsePacmanFiles,
  satisfiesPacmanVersion,
} from "#lib/formats/pacman/index.ts";
import { alpmPurl, type Distribution } from "#lib/formats/purl/index.ts";
import type { FileNode } from "#lib/model/file-tree.ts";
import { RootReason } from "#lib/model/root-reason.ts";
import type { Discovery } from "./discovery.ts";
import { parseDocument, readNode } from "./documents.ts";
import { ListedPaths } from "./owner-table.ts";

const DATABASE = "var/lib/pacman/local";

/** A package in pacman's local database. */
export interface InstalledPacman {
  readonly package: PacmanPackage;
  readonly directory: FileNode;
  readonly index: number;
}

/** A candidate for a name: the package of that name, or one that provides it. */
interface Provider {
  readonly name: string;
  readonly index: number;
  /** `undefined`: provided without a version. */
  readonly version: string | undefined;
}

/** Detects the packages of pacman, assigns the files they list, and adds their declared dependencies. */
export function detectPacmans(discovery: Discovery, distribution: Distribution): InstalledPacman[] {
  const installed = readDatabase(discovery, distribution);
  const paths = new ListedPaths(discovery.tree);
  for (const { directory, index } of installed) {
    for (const path of readMember(discovery, directory, "files", parsePacmanFiles) ?? []) {
      const node = paths.find(path);
      if (node !== undefined) discovery.owners.claim(node, index);
    }
  }
  addEdges(discovery, installed);
  return installed;
}

/** By name; of one name that is there twice, the first counts: pacman has one package of a name. */
function readDatabase(discovery: Discovery, distribution: Distribution): InstalledPacman[] {
  const installed = new Map<string, InstalledPacman>();
  for (const directory of listDirectories(discovery)) {
    const found = readMember(discovery, directory, "desc", parsePacmanDesc);
    if (found === undefined) continue;
    const { name, version, arch } = found;
    if (installed.has(name)) {
      discovery.addProblem(directory.path, { code: "bad-package-database", message: `${name} is listed twice` });
      continue;
    }
    const identity = alpmPurl(name, version, arch, distribution);
    const index = discovery.addComponent({ kind: "alpm", name, version, identity, instancePath: "" });
    const depends = discovery.takeDeclarations(found.depends);
    const provides = discovery.takeDeclarations(found.provides);
    installed.set(name, { package: { ...found, depends, provides }, directory, index });
  }
  return [...installed.values()];
}

function listDirectories({ tree }: Discovery): FileNode[] {
  const directories = [...(tree.resolve(DATABASE)?.children.values() ?? [])].filter(({ children }) =>
    children.has("desc"),
  );
  return directories.sort((a, b) => (a.name < b.name ? -1 : 1));
}

function readMember<T>(
  discovery: Discovery,
  { children }: FileNode,
  name: string,
  parse: Parameters<typeof parseDocument<T>>[2],
): T | undefined {
  const node = children.get(name);
  return parseDocument(discovery, node && readNode(discovery, node), parse);
}

/** To every package that satisfies a dependency, as pacman's `Required By`. One that nothing satisfies is a problem. */
function addEdges(discovery: Discovery, installed: readonly InstalledPacman[]): void {
  const providers = Map.groupBy(installed.flatMap(listProviders), ({ name }) => name);
  for (const { package: found, directory, index } of installed) {
    for (const wanted of found.depends) {
      let count = 0;
      for (const { index: to, version } of providers.get(wanted.name) ?? []) {
        if (!discovery.spendCandidate()) return;
        if (!satisfiesPacmanVersion(version, wanted)) continue;
        discovery.addEdge(index, to, `Depends On: ${wanted.text}`);
        count += 1;
      }
      if (count === 0) discovery.addUnresolved(directory.path, index, `Depends On: ${wanted.text}`);
    }
  }
}

function listProviders({ index, package: { name, version, provides } }: InstalledPacman): Provider[] {
  const provided = provides.map((each) => {
    return { name: each.name, index, version: each.operator === "=" ? each.version : undefined };
  });
  return [{ name, index, version }, ...provided];
}

/** What was installed explicitly: pacman records the others as dependencies. */
export function addExplicitPacmans(discovery: Discovery, pacmans: readonly InstalledPacman[]): void {
  for (const { package: found, index } of pacmans) {
    if (found.isExplicit) discovery.addRoot(index, RootReason.named);
  }
}
