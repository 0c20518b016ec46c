import { parseWorld } from "#lib/formats/apk/index.ts";
import { parseExtendedStates } from "#lib/formats/dpkg/index.ts";
import type { FileNode } from "#lib/model/file-tree.ts";
import { RootReason } from "#lib/model/root-reason.ts";
import type { ApkIndex } from "./apk.ts";
import { addRequestedComposer, type ComposerVendor } from "./composer.ts";
import { addRequestedCondas, type CondaEnvironment } from "./conda.ts";
import type { InstalledDeb } from "./deb-edges.ts";
import type { Discovery } from "./discovery.ts";
import { parseDocument, readDocument } from "./documents.ts";
import type { DotnetApplication } from "./dotnet.ts";
import { addUnreferredDotnet } from "./dotnet-edges.ts";
import { addRequestedGems } from "./gem-roots.ts";
import type { FoundGems } from "./gems.ts";
import { addUnreferredJava, type JavaArchive } from "./java.ts";
import { type NpmTrees, readManifest } from "./npm.ts";
import { addExplicitPacmans, type InstalledPacman } from "./pacman.ts";
import type { PythonDistribution } from "./python-edges.ts";
import { addRequestedPythons } from "./python-roots.ts";
import type { InstalledRpm } from "./rpm-edges.ts";
import { addRequestedRpms } from "./rpm-roots.ts";
import { listStartedFiles, type StartedFile } from "./started-files.ts";
import { addRequestedItems, type StoreItems } from "./store-items.ts";

/** Where container engines look for a command when an image sets no PATH. */
const DEFAULT_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

interface Ecosystems {
  readonly items: StoreItems;
  readonly debs: readonly InstalledDeb[];
  readonly apks: ApkIndex;
  readonly rpms: readonly InstalledRpm[];
  readonly pacmans: readonly InstalledPacman[];
  readonly condas: readonly CondaEnvironment[];
  readonly pythons: readonly PythonDistribution[];
  readonly npm: NpmTrees;
  readonly gems: FoundGems;
  readonly vendors: readonly ComposerVendor[];
  readonly java: readonly JavaArchive[];
  readonly dotnet: readonly DotnetApplication[];
}

/**
 * Adds the explicitly installed components: the entrypoint's, what links outside a store lead to, apt's manual marks, apk's world, what dnf, zypp, pacman, conda and pip record,
 * top-level npm packages, the gems of a Gemfile.lock and the packages of a composer.json. (The unowned nodes are roots already.) The
 * graph code adds roots for components that none of these reaches.
 */
export function detectRoots(discovery: Discovery, ecosystems: Ecosystems): void {
  const { items, debs, apks, rpms, pacmans, condas, pythons, npm, gems, vendors, java, dotnet } = ecosystems;
  const started = findAllStarted(discovery);
  addEntrypoint(discovery, started);
  addRequestedItems(discovery, items);
  addManualDebs(discovery, debs);
  addWorld(discovery, apks);
  addRequestedRpms(discovery, rpms);
  addExplicitPacmans(discovery, pacmans);
  const referred = findReferred(discovery);
  addRequestedCondas(discovery, condas, referred);
  addRequestedPythons(discovery, pythons, referred);
  addTopLevelNpm(discovery, npm);
  addRequestedGems(discovery, gems, { started, referred });
  addRequestedComposer(discovery, vendors, referred);
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

/** The file that a command starts: at this path, or the first of this name on the image's PATH. */
export function findCommand(discovery: Discovery, program: string): FileNode | undefined {
  return program === "" ? undefined : findStarted(discovery, { path: program, onPath: !program.includes("/") });
}

/** Up to the first that is not there. */
function findAllStarted(discovery: Discovery): FileNode[] {
  const found: FileNode[] = [];
  for (const started of listStartedFiles(discovery.options.command)) {
    const files = started.isClassPath ? listClassPath(discovery, started) : [findStarted(discovery, started)];
    if (files.includes(undefined)) break;
    found.push(...files.filter((file) => file !== undefined));
  }
  return found;
}

/** `lib/*` is each archive in that directory (java(1)); not everything is there that a class path names. */
function listClassPath(discovery: Discovery, started: StartedFile): FileNode[] {
  if (!started.path.endsWith("/*")) return [findStarted(discovery, started)].filter((file) => file !== undefined);
  const directory = discovery.tree.resolve(fromRoot(discovery.options.workingDir ?? "", started.path.slice(0, -2)));
  const files = [...(directory?.children.values() ?? [])].filter(({ name }) => /\.jar$/i.test(name));
  const found = files.flatMap(({ path }) => discovery.tree.resolve(path) ?? []);
  return found.filter(({ body }) => body !== undefined);
}

function findStarted(discovery: Discovery, { path, onPath }: StartedFile): FileNode | undefined {
  const { tree, options } = discovery;
  const directories = onPath ? (options.path || DEFAULT_PATH).split(":") : [options.workingDir ?? ""];
  for (const directory of directories) {
    const file = tree.resolve(fromRoot(directory, path));
    if (file?.body !== undefined) return file;
  }
  return undefined;
}

function fromRoot(directory: string, path: string): string {
  return (path.startsWith("/") ? path : `${directory}/${path}`).replace(/^\/+/, "");
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
      discovery.addProblem(document!.path, { code: "unresolved-dependency", message });
    }
  }
}

/**
 * A project's own package.json, beside an outermost `node_modules`, names the explicitly installed packages: those present of its
 * `dependencies`, `optionalDependencies` and `devDependencies`. Shipped development tools were installed explicitly, too. Without
 * such a file (`npm install -g`): the components without referrers.
 */
function addTopLevelNpm(discovery: Discovery, npm: NpmTrees): void {
  const referred = findReferred(discovery);
  for (const { modules, instances } of npm.tops) {
    const project = modules.parent;
    const named = project === undefined ? undefined : namedByProject(discovery, project);
    if (project === undefined || named === undefined) {
      for (const index of instances) if (referred[index] === 0) discovery.addRoot(index, RootReason.unreferred);
      continue;
    }
    for (const name of named) {
      const index = npm.resolve(project, name);
      if (index !== undefined) discovery.addRoot(index, RootReason.named);
    }
  }
}

function namedByProject(discovery: Discovery, project: FileNode): string[] | undefined {
  const file = project.children.get("package.json");
  const manifest = file === undefined ? undefined : readManifest(discovery, file);
  if (manifest === undefined) return undefined;
  const asked = manifest.dependencies.filter(({ field }) => field !== "peerDependencies");
  return [...asked.map(({ name }) => name), ...manifest.devDependencies];
}

/** 1 for each component with a referrer. */
function findReferred({ components, edges }: Discovery): Uint8Array {
  const referred = new Uint8Array(components.length);
  for (const { to } of edges) referred[to] = 1;
  return referred;
}
