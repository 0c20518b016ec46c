import type { NpmDependency } from "#lib/formats/npm/index.ts";
import type { FileNode } from "#lib/model/file-tree.ts";
import type { Discovery } from "./discovery.ts";
import { MANIFEST, type NpmInstance, type NpmModules } from "./npm.ts";
import type { NpmProject } from "./npm-projects.ts";
import { addPnpEdges, type PnpPackages } from "./yarn-pnp.ts";

interface NpmPackages {
  readonly npm: NpmModules;
  readonly pnp: PnpPackages;
  readonly projects: readonly NpmProject[];
}

/**
 * Adds edges for `dependencies`, `optionalDependencies` and `peerDependencies`, resolved as Node does; for projects also for
 * `devDependencies` and workspaces. Only a missing ordinary dependency of a package is a problem: npm leaves out optional ones that do
 * not build, peers are for the dependent to install, and what a project has been bundled with is not there any more. Where Yarn's
 * Plug'n'Play is installed, its data decides instead.
 */
export function addNpmEdges(discovery: Discovery, { npm, pnp, projects }: NpmPackages): void {
  for (const instance of npm.instances) {
    if (!pnp.directories.has(instance.directory)) addInstanceEdges(discovery, instance, npm);
  }
  addPnpEdges(discovery, npm, pnp);
  for (const project of projects) {
    const isPnp = pnp.directories.has(project.directory);
    for (const dependency of isPnp ? [] : project.dependencies) addEdge(discovery, npm, project, dependency);
    for (const { index, pattern } of project.workspaces) {
      discovery.addEdge(project.index, index, `workspaces: ${pattern}`);
    }
  }
}

function addInstanceEdges(discovery: Discovery, instance: NpmInstance, npm: NpmModules): void {
  for (const dependency of instance.manifest.dependencies) {
    const isFound = addEdge(discovery, npm, instance, dependency);
    if (isFound || dependency.field !== "dependencies") continue;
    discovery.addUnresolved(`${instance.directory.path}/${MANIFEST}`, instance.index, toDetail(dependency));
  }
}

/** False if Node finds no such package. One that is not a component is found, without an edge. */
function addEdge(
  discovery: Discovery,
  { lookup, components }: NpmModules,
  { directory, index }: { readonly directory: FileNode; readonly index: number },
  dependency: NpmDependency,
): boolean {
  const target = lookup.find(directory, dependency.name);
  const to = target === undefined ? undefined : components.get(target);
  if (to !== undefined) discovery.addEdge(index, to, toDetail(dependency));
  return target !== undefined;
}

function toDetail({ field, name, range }: NpmDependency): string {
  return range === "" ? `${field}: ${name}` : `${field}: ${name}@${range}`;
}
