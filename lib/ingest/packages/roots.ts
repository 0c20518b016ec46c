import { parseWorld } from "#lib/formats/apk/index.ts";
import { parseExtendedStates } from "#lib/formats/dpkg/index.ts";
import type { FileNode } from "#lib/model/file-tree.ts";
import { RootReason } from "#lib/model/root-reason.ts";
import type { ApkIndex } from "./apk.ts";
import type { Application } from "./application.ts";
import type { ComposerVendor } from "./composer.ts";
import { addComposerRoots, type InstalledComposerProject } from "./composer-projects.ts";
import { addRequestedCondas, type CondaEnvironment } from "./conda.ts";
import type { InstalledDeb } from "./deb-edges.ts";
import type { Discovery } from "./discovery.ts";
import { parseDocument, readDocument } from "./documents.ts";
import type { DotnetApplication } from "./dotnet-application.ts";
import { addUnreferredDotnet } from "./dotnet-edges.ts";
import type { BundledGems } from "./gem-applications.ts";
import { addRequestedGems } from "./gem-roots.ts";
import type { FoundGems } from "./gems.ts";
import { addUnreferredJava } from "./java.ts";
import type { JavaArchive } from "./java-archive.ts";
import type { NpmModules } from "./npm.ts";
import type { NpmProject } from "./npm-projects.ts";
import { addExplicitPacmans, type InstalledPacman } from "./pacman.ts";
import type { PythonDistribution } from "./python-edges.ts";
import { addRequestedPythons } from "./python-roots.ts";
import type { InstalledRpm } from "./rpm-edges.ts";
import { addRequestedRpms } from "./rpm-roots.ts";
import { addRequestedItems, type StoreItems } from "./store-items.ts";

interface Ecosystems {
  readonly items: StoreItems;
  readonly debs: readonly InstalledDeb[];
  readonly apks: ApkIndex;
  readonly rpms: readonly InstalledRpm[];
  readonly pacmans: readonly InstalledPacman[];
  readonly condas: readonly CondaEnvironment[];
  readonly pythons: readonly PythonDistribution[];
  /** Those that the command starts. */
  readonly applications: readonly Application[];
  readonly npm: NpmModules;
  readonly projects: readonly NpmProject[];
  readonly gems: FoundGems;
  readonly bundled: BundledGems | undefined;
  readonly vendors: readonly ComposerVendor[];
  readonly composerProjects: readonly InstalledComposerProject[];
  readonly java: readonly JavaArchive[];
  readonly dotnet: readonly DotnetApplication[];
  /** The files that the command starts. */
  readonly started: readonly FileNode[];
}

/**
 * Adds the explicitly installed components: the entrypoint's, what links outside a store lead to, apt's manual marks, apk's world,
 * what dnf, zypp, pacman, conda and pip record, applications and top-level packages of npm, Composer and Ruby. (The unowned nodes are roots already.) The graph code adds roots for components that none of these reaches.
 */
export function detectRoots(discovery: Discovery, ecosystems: Ecosystems): void {
  const { items, debs, apks, rpms, pacmans, condas, pythons, gems, bundled, java, dotnet, started } = ecosystems;
  addEntrypoint(discovery, started);
  for (const { index } of ecosystems.applications) discovery.addRoot(index, RootReason.entrypoint);
  addRequestedItems(discovery, items);
  addManualDebs(discovery, debs);
  addWorld(discovery, apks);
  addRequestedRpms(discovery, rpms);
  addExplicitPacmans(discovery, pacmans);
  const referred = findReferred(discovery);
  addRequestedCondas(discovery, condas, referred);
  addRequestedPythons(discovery, pythons, referred);
  addTopLevelNpm(discovery, ecosystems, referred);
  addRequestedGems(discovery, gems, bundled, referred);
  addComposerRoots(discovery, ecosystems, referred);
  addUnreferredJava(discovery, java, referred);
  addUnreferredDotnet(discovery, dotnet, referred);
}

/** The owners of the programs that the command starts, and of the script that an interpreter is given. */
function addEntrypoint(discovery: Discovery, started: readonly FileNode[]): void {
  const { owners } = discovery;
  for (const file of started) {
    if (owners.ownerOf(file) >= 0) discovery.addRoot(owners.ownerOf(file), RootReason.entrypoint);
  }
}

/**
 * If apt has recorded which packages it installed automatically (`var/lib/apt/extended_states`), the others were installed
 * explicitly; if not, nothing is known and no package is a root. Excepted are packages of every base: Essential packages, those
 * of priority required or important, and their dependencies (debootstrap and mmdebstrap mark none of them), if another package
 * refers to them.
 */
function addManualDebs(discovery: Discovery, debs: readonly InstalledDeb[]): void {
  const document = debs.length === 0 ? undefined : readDocument(discovery, "var/lib/apt/extended_states");
  const marks = parseDocument(discovery, document, parseExtendedStates);
  if (marks === undefined) return;
  const marked = new Set(marks.map(({ name, arch }) => `${name}:${arch}`));
  const markedNames = new Set(marks.map(({ name }) => name));
  const needed = findReferred(discovery);
  const base = findBase(discovery, debs);
  for (const { package: found, index } of debs) {
    // apt writes the native architecture where dpkg writes "all"; its oldest records have none.
    const anyArch = found.arch === "all" || found.arch === "" || marked.has(`${found.name}:`);
    if (anyArch ? markedNames.has(found.name) : marked.has(`${found.name}:${found.arch}`)) continue;
    if (!base.has(index) || needed[index] === 0) discovery.addRoot(index, RootReason.named);
  }
}

/** The packages of every base, and all their dependencies. */
function findBase({ edges }: Discovery, debs: readonly InstalledDeb[]): Set<number> {
  const isBase = ({ package: found }: InstalledDeb) =>
    found.essential || found.priority === "required" || found.priority === "important";
  const base = new Set(debs.filter(isBase).map(({ index }) => index));
  const references = Map.groupBy(edges, ({ from }) => from);
  // A Set is iterated in insertion order, so elements added during the loop are visited too.
  for (const index of base) for (const { to } of references.get(index) ?? []) base.add(to);
  return base;
}

/** `etc/apk/world`: the arguments of `apk add`, with their versions. */
function addWorld(discovery: Discovery, apks: ApkIndex): void {
  const document = readDocument(discovery, "etc/apk/world");
  for (const wanted of parseDocument(discovery, document, parseWorld) ?? []) {
    if (wanted.conflict) continue;
    const providers = apks.findProviders(wanted);
    for (const index of providers) discovery.addRoot(index, RootReason.named);
    if (providers.length === 0) {
      const message = `nothing installed satisfies ${wanted.text}`;
      discovery.addUnmet(document!.path, undefined, { need: wanted.text, message });
    }
  }
}

/**
 * The projects to which no other refers: their dependencies are in the image because of them. Of modules that are beside no project
 * (`npm install -g`): the components without referrers.
 */
function addTopLevelNpm(discovery: Discovery, { npm, projects }: Ecosystems, referred: Uint8Array): void {
  const directories = new Set(projects.map(({ directory }) => directory));
  for (const { index, isStarted } of projects) {
    if (isStarted) discovery.addRoot(index, RootReason.entrypoint);
    else if (referred[index] === 0) discovery.addRoot(index, RootReason.application);
  }
  for (const { modules, instances } of npm.tops) {
    if (modules.parent !== undefined && directories.has(modules.parent)) continue;
    for (const index of instances) if (referred[index] === 0) discovery.addRoot(index, RootReason.unreferred);
  }
}

/** 1 for each component with a referrer. */
function findReferred({ components, edges }: Discovery): Uint8Array {
  const referred = new Uint8Array(components.length);
  for (const { to } of edges) referred[to] = 1;
  return referred;
}
