import { parseRuntimeConfig, rollForward } from "#lib/formats/dotnet/index.ts";
import { RootReason } from "#lib/model/root-reason.ts";
import type { Discovery } from "./discovery.ts";
import { readBody } from "./documents.ts";
import type { DotnetApplication, InstalledDotnet } from "./dotnet-application.ts";

/**
 * Adds the edges that each `.deps.json` lists, to the library of that name and version in the same file, or else of that name; and those
 * from applications to the shared frameworks that their `.runtimeconfig.json` names, in the version that .NET's host would choose.
 */
export function addDotnetEdges(discovery: Discovery, applications: readonly DotnetApplication[]): void {
  const frameworks = listFrameworks(applications);
  for (const application of applications) {
    addLibraryEdges(discovery, application);
    addFrameworkEdges(discovery, application, frameworks);
  }
}

/** Libraries that only building needs are in no image: a name that is missing is no fault. */
function addLibraryEdges(discovery: Discovery, { libraries }: DotnetApplication): void {
  const byName = new Map<string, InstalledDotnet>();
  for (const installed of libraries) {
    const { name, version } = installed.library;
    byName.set(keyOf(name, version), installed);
    if (!byName.has(keyOf(name, ""))) byName.set(keyOf(name, ""), installed);
  }
  for (const { library, index } of libraries) {
    for (const { name, version } of library.dependencies) {
      const to = byName.get(keyOf(name, version)) ?? byName.get(keyOf(name, ""));
      if (to !== undefined) discovery.addEdge(index, to.index, `dependencies: ${name} ${version}`.trimEnd());
    }
  }
}

/** NuGet compares names without case. */
function keyOf(name: string, version: string): string {
  return `${name.toLowerCase()}/${version}`;
}

/** Shared frameworks by name, and by version. */
type Frameworks = ReadonlyMap<string, ReadonlyMap<string, number>>;

function listFrameworks(applications: readonly DotnetApplication[]): Frameworks {
  const found = new Map<string, Map<string, number>>();
  for (const { framework, main } of applications) {
    if (framework === undefined) continue;
    const versions = found.get(framework.name) ?? new Map<string, number>();
    if (!versions.has(framework.version)) versions.set(framework.version, main.index);
    found.set(framework.name, versions);
  }
  return found;
}

function addFrameworkEdges(discovery: Discovery, { deps, main }: DotnetApplication, frameworks: Frameworks): void {
  const name = deps.name.replace(/\.deps\.json$/, ".runtimeconfig.json");
  const file = deps.parent!.children.get(name);
  const body = file === undefined || main.isShipped ? undefined : readBody(discovery, file);
  if (body === undefined) return;
  const { value, problems } = parseRuntimeConfig(body);
  discovery.addProblems(file!.path, problems);
  for (const { name: wanted, version } of value) {
    const versions = frameworks.get(wanted);
    const chosen = versions && discovery.spendCandidate() ? rollForward(version, [...versions.keys()]) : undefined;
    const detail = `framework: ${wanted} ${version}`.trimEnd();
    if (chosen !== undefined) discovery.addEdge(main.index, versions!.get(chosen)!, detail);
    else discovery.addUnresolved(file!.path, main.index, detail);
  }
}

/** Applications are installed on request, and a framework where no application asks for it. */
export function addUnreferredDotnet(
  discovery: Discovery,
  applications: readonly DotnetApplication[],
  referred: Uint8Array,
): void {
  for (const { main } of applications)
    if (!main.isShipped && referred[main.index] === 0) discovery.addRoot(main.index, RootReason.unreferred);
}
