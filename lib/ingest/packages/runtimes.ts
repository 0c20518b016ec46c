import { Evidence } from "#lib/model/component.ts";
import type { FileNode } from "#lib/model/file-tree.ts";
import type { Application } from "./application.ts";
import type { ComposerVendor } from "./composer.ts";
import type { InstalledComposerProject } from "./composer-projects.ts";
import type { Discovery } from "./discovery.ts";
import { findCommand } from "./find-started.ts";
import { type GemHome, prefixOfHome } from "./gem-homes.ts";
import type { FoundGems } from "./gems.ts";
import type { NpmModules } from "./npm.ts";
import type { NpmProject } from "./npm-projects.ts";
import type { PnpPackages } from "./yarn-pnp.ts";

/** Packages whose files are text that a program runs. */
interface RunPackages {
  /** The files that the command starts. */
  readonly started: readonly FileNode[];
  readonly npm: NpmModules;
  readonly pnp: PnpPackages;
  readonly projects: readonly NpmProject[];
  readonly gems: FoundGems;
  /** Applications in Ruby. */
  readonly ofRuby: readonly Application[];
  readonly vendors: readonly ComposerVendor[];
  readonly composerProjects: readonly InstalledComposerProject[];
}

const NODE = /^(?:node|nodejs|bun|deno)[\d.]*$/;
const PHP = /^php(?:-fpm|-cgi)?[\d.]*$/;
const RUBY = /^ruby(\d+\.\d+)?$/;

/**
 * Adds an edge from each package and project of npm, Composer and Ruby to what owns the program that runs it: the
 * one that the command starts, else the first on the image's PATH; for a gem the one of its home's version. Which one is not recorded
 * with the package, so that this is inferred (docs/decisions/0053).
 */
export function addRuntimeEdges(discovery: Discovery, packages: RunPackages): void {
  const { started, npm, pnp, projects, gems, ofRuby, vendors, composerProjects } = packages;
  const instances = [...npm.instances, ...pnp.archives, ...projects];
  if (instances.length > 0) addEdges(discovery, instances, findRuntime(discovery, started, NODE, ["node", "nodejs"]));
  const own = vendors.flatMap((vendor) => vendor.packages.filter(({ isShipped }) => !isShipped));
  const libraries = [...own, ...composerProjects];
  if (libraries.length > 0) addEdges(discovery, libraries, findRuntime(discovery, started, PHP, ["php", "php-fpm"]));
  for (const [home, members] of Map.groupBy(gems.instances, (gem) => gem.home)) {
    addEdges(discovery, members, findRuby(discovery, started, home));
  }
  if (ofRuby.length > 0) addEdges(discovery, ofRuby, findRuntime(discovery, started, RUBY, ["ruby"]));
}

function addEdges(
  discovery: Discovery,
  packages: Iterable<{ readonly index: number }>,
  program: FileNode | undefined,
): void {
  const to = program === undefined ? undefined : discovery.packageOf(program);
  if (to === undefined) return;
  const detail = `runs on ${program!.path}`;
  for (const { index } of packages) discovery.addEdge(index, to, detail, Evidence.inferred);
}

function findRuntime(
  discovery: Discovery,
  started: readonly FileNode[],
  pattern: RegExp,
  commands: readonly string[],
): FileNode | undefined {
  const own = started.find(({ name }) => pattern.test(name));
  return own ?? commands.map((command) => findCommand(discovery, command)).find((file) => file !== undefined);
}

/** Ruby of the home's prefix, of the command, or of the PATH, unless its name says that it has another version. */
function findRuby(discovery: Discovery, started: readonly FileNode[], home: GemHome): FileNode | undefined {
  const version = /^\d+\.\d+/.exec(home.abi)?.[0] ?? "";
  const prefix = prefixOfHome(home);
  const inPrefix = prefix === undefined ? [] : [`/${prefix}/bin/ruby${version}`, `/${prefix}/bin/ruby`];
  const found = [
    ...inPrefix.map((path) => findCommand(discovery, path)),
    ...started,
    ...[`ruby${version}`, "ruby"].map((name) => findCommand(discovery, name)),
  ];
  return found.find((file) => {
    const [isRuby, ownVersion = version] = (file && RUBY.exec(file.name)) ?? [];
    return isRuby !== undefined && (version === "" || ownVersion === version);
  });
}
