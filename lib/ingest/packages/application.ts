import type { FileNode } from "#lib/model/file-tree.ts";
import { EntryKind } from "#lib/model/layer.ts";
import type { Discovery } from "./discovery.ts";

/** Directories of the system (Filesystem Hierarchy Standard), in which an application is one of many things. */
const SYSTEM_DIRECTORY =
  /^(?:(?:bin|boot|dev|etc|home|lib\w*|media|mnt|opt|proc|root|run|sbin|sys|tmp|usr|var)|usr\/[^/]+|usr\/local\/(?:bin|etc|games|include|lib\w*|man|sbin|share|src)|var\/(?:backups|cache|lib|local|lock|log|mail|opt|run|spool|tmp))?$/;
const USER_HOME = /^(?:root|home\/[^/]+)$/;

/**
 * Where applications are: the directory in which the command starts, and those around each file that it starts, nearest first. The
 * root of the tree is the last of them.
 */
export function listApplicationPlaces({ tree, options }: Discovery, started: readonly FileNode[]): FileNode[][] {
  const workingDir = tree.resolve((options.workingDir ?? "").replace(/^\/+/, ""));
  const around = started.map(listParents);
  return workingDir === undefined || started.length === 0 ? around : [...around, [workingDir]];
}

function listParents(file: FileNode): FileNode[] {
  const parents: FileNode[] = [];
  for (let node = file.parent; node !== undefined; node = node.parent) parents.push(node);
  return parents;
}

/**
 * Assigns an application the files below its directory that nothing else owns, except under the directories that are apart. In a
 * directory of the system, and in the tree's root, those are only the files directly in it; in a user's home also the directories
 * whose names do not begin with a dot.
 */
export function claimApplication(
  { owners }: Discovery,
  directory: FileNode,
  index: number,
  apart: ReadonlySet<FileNode>,
): void {
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
