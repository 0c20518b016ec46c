import { matchesWorkspace, type NpmDependency } from "#lib/formats/npm/index.ts";
import { npmPurl } from "#lib/formats/purl/index.ts";
import type { FileNode } from "#lib/model/file-tree.ts";
import { EntryKind } from "#lib/model/layer.ts";
import { type Application, listApplicationPlaces } from "./application.ts";
import type { Discovery } from "./discovery.ts";
import { MANIFEST, MODULES, type NpmModules, readManifest } from "./npm.ts";
import type { PnpPackages } from "./yarn-pnp.ts";

/** Products of the lengths of a pattern and a path, of all workspaces of one image. Real ones: some thousand. */
export const MAX_WORKSPACE_STEPS = 50_000_000;

const RUNNERS = /^(?:(?:node|nodejs|bun|bunx|deno)[\d.]*|(?:npm|npx|pnpm|pnpx|yarn|yarnpkg)(?:-cli)?(?:\.c?js)?)$/;

/** A package of one's own: an application, or one of its workspaces. */
export interface NpmProject extends Application {
  readonly dependencies: readonly NpmDependency[];
  readonly workspaces: readonly Workspace[];
  /** What the command starts is in it, or in a package that is installed in it. */
  readonly isStarted: boolean;
}

interface AddedProject extends Application {
  readonly dependencies: readonly NpmDependency[];
  /** Of its workspaces. */
  readonly patterns: readonly string[];
}

interface Workspace {
  readonly index: number;
  /** The pattern that means its directory. */
  readonly pattern: string;
}

/** What leads to projects. */
interface ProjectHints {
  readonly npm: NpmModules;
  readonly pnp: PnpPackages;
  /** The files that the command starts. */
  readonly started: readonly FileNode[];
}

/**
 * Detects npm projects. A project is a directory with a package.json that is not in a `node_modules` and
 *
 * - has an outermost `node_modules` beside it, or
 * - is the nearest one around a file that the command starts, or the one in which the command starts, or
 * - is a project or a workspace of Yarn's Plug'n'Play, or
 * - is what a link in an outermost `node_modules` leads to: a workspace, or a package installed with `file:` or `link:`.
 *
 * Without a name in its package.json it has that of its directory, as for npm. A directory whose package.json is part of another
 * package is no project. `claimApplications` says which files a project owns.
 */
export function detectNpmProjects(discovery: Discovery, { npm, pnp, started }: ProjectHints): readonly NpmProject[] {
  const finder = new ProjectFinder(discovery, npm);
  const applications = finder.findStarted(started);
  for (const { modules } of npm.tops) {
    finder.add(modules.parent);
    finder.addLinked(modules);
  }
  for (const directory of [...applications, ...pnp.directories]) finder.add(directory);
  return finder.finish(applications);
}

class ProjectFinder {
  readonly #discovery: Discovery;
  readonly #npm: NpmModules;
  readonly #directories = new Set<FileNode>();
  #steps = 0;

  constructor(discovery: Discovery, npm: NpmModules) {
    this.#discovery = discovery;
    this.#npm = npm;
  }

  /** The projects that the command starts. A package that is installed beside a package.json belongs to that project. */
  findStarted(started: readonly FileNode[]): ReadonlySet<FileNode> {
    const found = listApplicationPlaces(this.#discovery, started, RUNNERS).map((places) => {
      const top = places.findLast(({ name }) => name === MODULES);
      return top === undefined ? places.find((place) => this.#isProject(place)) : top.parent;
    });
    return new Set(found.filter((place) => place !== undefined && this.#isProject(place)) as FileNode[]);
  }

  add(directory: FileNode | undefined): void {
    if (directory !== undefined && this.#isProject(directory)) this.#directories.add(directory);
  }

  addLinked(modules: FileNode): void {
    for (const child of modules.children.values()) {
      const scoped = child.name.startsWith("@") ? child.children.values() : [];
      for (const link of [child, ...scoped]) if (isOutwards(link)) this.#addTarget(link);
    }
  }

  #addTarget({ path }: FileNode): void {
    const target = this.#discovery.tree.resolve(path);
    if (target !== undefined && !isInModules(target)) this.add(target);
  }

  #isProject(directory: FileNode): boolean {
    const file = directory.children.get(MANIFEST);
    return file !== undefined && this.#discovery.owners.ownerOf(file) < 0 && !this.#npm.components.has(directory);
  }

  /** In path order, because the order in which directories were listed is arbitrary. */
  finish(applications: ReadonlySet<FileNode>): NpmProject[] {
    const directories = [...this.#directories].sort((a, b) => (a.path < b.path ? -1 : 1));
    const added = directories.flatMap((directory) => this.#addComponent(directory) ?? []);
    return added.map(({ directory, manifest, index, dependencies, patterns }) => {
      const workspaces = this.#findWorkspaces(directory, patterns, added);
      return { directory, manifest, index, dependencies, workspaces, isStarted: applications.has(directory) };
    });
  }

  #addComponent(directory: FileNode): AddedProject | undefined {
    const manifest = directory.children.get(MANIFEST)!;
    const read = readManifest(this.#discovery, manifest);
    const name = read?.name || directory.name;
    if (read === undefined || name === "") return undefined;
    const { version } = read;
    const identity = npmPurl(name, version);
    const instancePath = directory.path;
    const index = this.#discovery.addComponent({ kind: "npm", name, version, identity, instancePath });
    this.#npm.components.set(directory, index);
    const dependencies = this.#discovery.takeDeclarations([...read.dependencies, ...read.devDependencies]);
    return { directory, manifest, index, dependencies, patterns: this.#discovery.takeDeclarations(read.workspaces) };
  }

  #findWorkspaces({ path }: FileNode, patterns: readonly string[], projects: readonly AddedProject[]): Workspace[] {
    if (patterns.length === 0) return [];
    const prefix = path === "" ? "" : `${path}/`;
    return projects.flatMap(({ directory, index }) => {
      if (!this.#spend(1) || !directory.path.startsWith(prefix)) return [];
      const inside = directory.path.slice(prefix.length);
      const pattern = patterns.findLast((each) => {
        return this.#spend(each.length * inside.length) && matchesWorkspace(each.replace(/^!/, ""), inside);
      });
      return pattern === undefined || pattern.startsWith("!") ? [] : [{ index, pattern }];
    });
  }

  /** False, reported once, when the comparisons of all workspaces together have spent their limit. */
  #spend(steps: number): boolean {
    const isReported = this.#steps > MAX_WORKSPACE_STEPS;
    this.#steps += steps;
    const isOver = this.#steps > MAX_WORKSPACE_STEPS;
    if (isOver && !isReported) this.#discovery.addLimit("steps of workspaces", MAX_WORKSPACE_STEPS);
    return !isOver;
  }
}

/** Links within `node_modules`, such as pnpm's, are many and need not be followed. */
function isOutwards({ kind, linkTarget }: FileNode): boolean {
  return kind === EntryKind.symlink && !linkTarget.includes(`${MODULES}/`);
}

function isInModules(directory: FileNode): boolean {
  for (let node: FileNode | undefined = directory; node !== undefined; node = node.parent) {
    if (node.name === MODULES) return true;
  }
  return false;
}
