import { interpreterOf, isProgramFacts, readProgramFacts } from "#lib/formats/program-facts/index.ts";
import type { FileNode } from "#lib/model/file-tree.ts";
import { EntryKind } from "#lib/model/layer.ts";
import type { Discovery } from "./discovery.ts";

/** Directories of the system (Filesystem Hierarchy Standard), in which an application is one of many things. */
const SYSTEM_DIRECTORY =
  /^(?:(?:bin|boot|dev|etc|home|lib\w*|media|mnt|opt|proc|root|run|sbin|sys|tmp|usr|var)|usr\/[^/]+|usr\/local\/(?:bin|etc|games|include|lib\w*|man|sbin|share|src)|var\/(?:backups|cache|lib|local|lock|log|mail|opt|run|spool|tmp))?$/;
const USER_HOME = /^(?:root|home\/[^/]+)$/;

/**
 * Where the applications of an ecosystem are: around each file that the command starts, nearest directory first and the root last;
 * and in the directory in which it starts. There are none unless what is started, or what runs the script that is started, has a name
 * that `runners` fits: a front end's package.json beside a PHP application does not make it one of npm.
 */
export function listApplicationPlaces(
  discovery: Discovery,
  started: readonly FileNode[],
  runners: RegExp,
): FileNode[][] {
  if (!started.some((file) => runners.test(file.name) || runners.test(findInterpreter(discovery, file)))) return [];
  const { tree, options } = discovery;
  const workingDir = tree.resolve((options.workingDir ?? "").replace(/^\/+/, ""));
  return [...started.map(listParents), ...(workingDir === undefined ? [] : [[workingDir]])];
}

/** The name of the program in a script's first line; "" for other files. */
function findInterpreter({ tree }: Discovery, file: FileNode): string {
  const facts = tree.document(file);
  const read = facts === undefined || !isProgramFacts(facts) ? undefined : readProgramFacts(facts);
  const program = read?.kind === "script" ? (interpreterOf(read.line)?.program ?? "") : "";
  return program.slice(program.lastIndexOf("/") + 1);
}

function listParents(file: FileNode): FileNode[] {
  const parents: FileNode[] = [];
  for (let node = file.parent; node !== undefined; node = node.parent) parents.push(node);
  return parents;
}

/** An application, or a part of one, as its manifest describes it. */
export interface Application {
  readonly directory: FileNode;
  readonly manifest: FileNode;
  readonly index: number;
}

/**
 * Assigns each application its manifest, and the files below its directory that nothing else owns, except under the directories of
 * other applications and of the packages given; of several in one directory, the first has the files. In a directory of the system, and
 * in the tree's root, those are only the files directly in it; in a user's home also the directories whose names do not begin with a
 * dot.
 */
export function claimApplications(
  discovery: Discovery,
  applications: readonly Application[],
  packages: Iterable<FileNode>,
): void {
  const apart = new Set(packages);
  for (const { directory, manifest, index } of applications) {
    discovery.owners.claim(manifest, index);
    apart.add(directory);
  }
  for (const { directory, index } of applications) claimFiles(discovery, directory, index, apart);
}

function claimFiles({ owners }: Discovery, directory: FileNode, index: number, apart: ReadonlySet<FileNode>): void {
  const open: FileNode[] = [directory];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    for (const child of node.children.values()) {
      if (child.kind !== EntryKind.directory) owners.claim(child, index);
      else if (!apart.has(child) && isOfApplication(child)) open.push(child);
    }
  }
}

/** By its parent: what is in a directory below an application is always part of it. */
function isOfApplication({ name, parent }: FileNode): boolean {
  const { path } = parent!;
  if (USER_HOME.test(path)) return !name.startsWith(".");
  return !SYSTEM_DIRECTORY.test(path);
}
