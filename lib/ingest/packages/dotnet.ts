import { type DotnetLibrary, parseDepsJson } from "#lib/formats/dotnet/index.ts";
import { genericPurl, nugetPurl } from "#lib/formats/purl/index.ts";
import type { FileNode } from "#lib/model/file-tree.ts";
import { claimTree } from "./claim-tree.ts";
import type { Discovery } from "./discovery.ts";
import { readBody } from "./documents.ts";
import type { DotnetApplication, InstalledDotnet } from "./dotnet-application.ts";
import { addDotnetEdges } from "./dotnet-edges.ts";
import { addDotnetHost } from "./dotnet-host.ts";
import { joinPath } from "./join-path.ts";
import { ListedPaths } from "./owner-table.ts";

const DEPS = ".deps.json";
/** `shared/NAME/VERSION` under the root of .NET. */
const SHARED_FRAMEWORK = /^(?:.*\/)?shared\/([^/]+)\/([^/]+)$/;

/**
 * Detects the libraries of .NET applications, as `NAME.deps.json` lists them: packages of NuGet, projects and the application itself,
 * each with its files. The application also has the other files of its name; a shared framework all of its directory. A library whose
 * files belong to a distribution package is that package's.
 */
export function detectDotnet(discovery: Discovery): DotnetApplication[] {
  const finder = new DotnetFinder(discovery);
  const files = discovery.nodes.filter(({ name, parent }) => name.endsWith(DEPS) && parent !== undefined);
  // In path order, because the order in which directories were listed is arbitrary.
  for (const deps of files.sort((a, b) => (a.path < b.path ? -1 : 1))) finder.addApplication(deps);
  for (const application of finder.found) claimApplication(discovery, application);
  addDotnetEdges(discovery, finder.found);
  addDotnetHost(discovery, finder.found);
  return finder.found;
}

class DotnetFinder {
  readonly found: DotnetApplication[] = [];
  readonly #discovery: Discovery;
  readonly #paths: ListedPaths;

  constructor(discovery: Discovery) {
    this.#discovery = discovery;
    this.#paths = new ListedPaths(discovery.tree);
  }

  addApplication(deps: FileNode): void {
    const body = readBody(this.#discovery, deps);
    if (body === undefined) return;
    const { value, problems } = parseDepsJson(body);
    this.#discovery.addProblems(deps.path, problems);
    const libraries = value.map((library) => this.#addLibrary(deps, library));
    const main = libraries.find(({ library }) => library.name === stemOf(deps)) ?? libraries[0];
    if (main !== undefined) this.found.push({ deps, libraries, main, framework: toFramework(deps) });
  }

  #addLibrary(deps: FileNode, library: DotnetLibrary): InstalledDotnet {
    const { owners } = this.#discovery;
    const files = this.#findFiles(deps, library);
    const shipped = owners.ownerOf(files[0] ?? deps);
    const isShipped = shipped >= 0 && this.#discovery.components[shipped]!.kind !== "nuget";
    const index = isShipped ? shipped : this.#addComponent(library, files[0]?.path ?? deps.path);
    for (const file of isShipped ? [] : files) owners.claim(file, index);
    const dependencies = isShipped ? [] : this.#discovery.takeDeclarations(library.dependencies);
    return { library: { ...library, dependencies }, index, isShipped };
  }

  #findFiles({ parent }: FileNode, { assets }: DotnetLibrary): FileNode[] {
    const found = assets.map((path) => this.#paths.find(joinPath(parent!.path, path)));
    return found.filter((file) => file !== undefined);
  }

  /** A project has no name that others know. */
  #addComponent({ name, version, kind }: DotnetLibrary, instancePath: string): number {
    const identity = kind === "package" ? nugetPurl(name, version) : genericPurl(name, version);
    return this.#discovery.addComponent({ kind: "nuget", name, version, identity, instancePath });
  }
}

function toFramework({ parent }: FileNode): DotnetApplication["framework"] {
  const [, name, version] = SHARED_FRAMEWORK.exec(parent!.path) ?? [];
  return name === undefined || version === undefined ? undefined : { name, version };
}

/** `App.deps.json` → `App`. */
function stemOf({ name }: FileNode): string {
  return name.slice(0, -DEPS.length);
}

function claimApplication(discovery: Discovery, { deps, main, framework }: DotnetApplication): void {
  if (main.isShipped) return;
  if (framework !== undefined) claimTree(discovery, deps.parent!, main.index);
  const stem = stemOf(deps);
  for (const ending of ["", ".dll", ".exe", ".pdb", ".xml", ".dll.config", ".deps.json", ".runtimeconfig.json"]) {
    const file = deps.parent!.children.get(stem + ending);
    if (file !== undefined) discovery.owners.claim(file, main.index);
  }
}
