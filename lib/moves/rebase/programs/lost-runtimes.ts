import { findCommand } from "#lib/ingest/packages/find-started.ts";
import { sourceOfByteCode } from "#lib/model/byte-code.ts";
import type { FileNode } from "#lib/model/file-tree.ts";
import { EntryKind } from "#lib/model/layer.ts";
import type { Finding } from "#lib/model/rebase-answer.ts";
import { isUpper, toImageLayer } from "../image-layer.ts";
import type { MovedTree, RebaseSides } from "../sides.ts";
import { isInformational } from "./informational.ts";
import {
  listVersions,
  PLAIN_RUNTIMES,
  type PlainRuntime,
  VERSIONED_RUNTIMES,
  type VersionedRuntime,
} from "./runtime-kinds.ts";
import { startPlace } from "./start-place.ts";

export interface LostRuntimes {
  readonly findings: readonly Finding[];
  /** How many directories of the image's own layers are for one version of a runtime. */
  readonly count: number;
}

/** A directory of one version of a runtime, with a file of the image's own layers in it. */
interface RuntimeDirectory {
  readonly node: FileNode;
  readonly version: string;
  /** The first of its files, in path order. */
  readonly file: FileNode;
}

/** An extension of Python for one version, as PEP 3149 names it. */
const PYTHON_EXTENSION = /\.cpython-(3)(\d+)[^/]*\.so$/;

/** Files of the image's own layers that only a runtime of the old base can load. */
export function findLostRuntimes(sides: RebaseSides): LostRuntimes {
  const files = sides.after.names.filter(
    (node) => node.body !== undefined && isUpper(sides, node) && !isInformational(node.path),
  );
  const directories = VERSIONED_RUNTIMES.map((runtime) => listDirectories(files, runtime.directory));
  return {
    findings: [
      ...VERSIONED_RUNTIMES.flatMap((runtime, i) => {
        const [old, now] = [listVersions(sides.oldBase, runtime), listRebasedVersions(sides, runtime)];
        const lost = new Set(old.filter((version) => !now.includes(version)));
        const inside = [
          ...directories[i]!,
          ...(runtime.name === "Python" ? listExtensions(files, directories[i]!) : []),
        ];
        return inside
          .filter(({ version }) => lost.has(version))
          .map((each) => toFinding(sides, each, { name: runtime.name, now }));
      }),
      ...PLAIN_RUNTIMES.flatMap((runtime) => findPlain(sides, runtime, files)),
      ...findJavaHomes(sides, files),
    ],
    count: directories.flat().length,
  };
}

/** Those of the new base, and those whose program an upper layer brings. */
function listRebasedVersions({ newBase, after }: RebaseSides, runtime: VersionedRuntime): string[] {
  return [...new Set([...listVersions(newBase, runtime), ...listVersions(after, runtime, isProgram)])];
}

function isProgram({ parent }: FileNode): boolean {
  return parent?.name === "bin";
}

/** The outermost directory of a version counts. Byte code is no reason: Python makes it again, and removing it costs nothing. */
function listDirectories(files: readonly FileNode[], pattern: RegExp): RuntimeDirectory[] {
  const found = new Map<FileNode, RuntimeDirectory>();
  for (const file of files) {
    if (sourceOfByteCode(file.path) !== undefined) continue;
    const [node] = listAncestors(file).filter(({ path }) => pattern.test(path));
    if (node !== undefined && !found.has(node)) found.set(node, { node, version: pattern.exec(node.path)![1]!, file });
  }
  return [...found.values()];
}

/** The root's children first. */
function listAncestors(file: FileNode): FileNode[] {
  const found: FileNode[] = [];
  for (let node = file.parent; node !== undefined && node.path !== ""; node = node.parent) found.unshift(node);
  return found;
}

/** Extensions outside the directories of a version, by their directory. */
function listExtensions(files: readonly FileNode[], within: readonly RuntimeDirectory[]): RuntimeDirectory[] {
  const directories = new Set(within.map(({ node }) => node));
  const found = new Map<string, RuntimeDirectory>();
  for (const file of files) {
    const [, major, minor] = PYTHON_EXTENSION.exec(file.name) ?? [];
    if (major === undefined || listAncestors(file).some((node) => directories.has(node))) continue;
    const version = `${major}.${minor}`;
    const key = `${version} ${file.parent!.path}`;
    if (!found.has(key)) found.set(key, { node: file, version, file });
  }
  return [...found.values()];
}

function toFinding(
  sides: RebaseSides,
  { node, version, file }: RuntimeDirectory,
  { name, now }: { readonly name: string; readonly now: readonly string[] },
): Finding {
  const instead = now.length === 0 ? "none" : now.join(", ");
  return {
    kind: "runtime-missing",
    weight: "blocks",
    path: node.path,
    layer: toImageLayer(sides, file),
    evidence: `for ${name} ${version}; there: ${instead}`,
    message: `${node.path} is for ${name} ${version}, which the rebased image does not have: nothing would load it.`,
  };
}

/** A runtime that is found on the PATH of the image as it is, and on that of the rebased one no more. */
function findPlain(sides: RebaseSides, { name, commands, files }: PlainRuntime, own: readonly FileNode[]): Finding[] {
  const file = own.find(({ path }) => files.test(path));
  const find = (tree: MovedTree) =>
    commands.map((each) => findCommand(startPlace(tree, sides), each)).find((found) => found !== undefined);
  const old = file === undefined ? undefined : find(sides.before);
  if (old === undefined || find(sides.after) !== undefined) return [];
  const message = `${file!.path} runs on ${name}, which the rebased image does not have.`;
  return [
    {
      kind: "runtime-missing",
      weight: "blocks",
      path: file!.path,
      layer: toImageLayer(sides, file!),
      evidence: `for ${name}, ${old.path} on the old base; there: none`,
      message,
    },
  ];
}

/** Files in a home of Java that is no more: its certificates, for example. */
function findJavaHomes(sides: RebaseSides, own: readonly FileNode[]): Finding[] {
  const homes = sides.before.names.filter(isJavaProgram).map(({ parent }) => parent!.parent!.path);
  const lost = homes.filter((home) => home !== "" && sides.after.resolve(`${home}/bin/java`) === undefined);
  return lost.flatMap((home) => {
    const file = own.find(({ path }) => path.startsWith(`${home}/`));
    if (file === undefined) return [];
    return [
      {
        kind: "runtime-missing" as const,
        weight: "blocks" as const,
        path: home,
        layer: toImageLayer(sides, file),
        evidence: `for ${home}/bin/java; there: none`,
        message: `${file.path} belongs to the Java in ${home}, which the rebased image does not have.`,
      },
    ];
  });
}

function isJavaProgram({ name, kind, parent }: FileNode): boolean {
  return name === "java" && kind !== EntryKind.directory && parent?.name === "bin" && parent.parent !== undefined;
}
