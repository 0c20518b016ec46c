import { type JavaRelease, parseJavaRelease } from "#lib/formats/jar/index.ts";
import { javaRuntimePurl } from "#lib/formats/purl/index.ts";
import { Evidence } from "#lib/model/component.ts";
import type { FileNode } from "#lib/model/file-tree.ts";
import { EntryKind } from "#lib/model/layer.ts";
import { claimTree } from "./claim-tree.ts";
import type { Discovery } from "./discovery.ts";
import { parseDocument, readNode } from "./documents.ts";
import type { JavaArchive } from "./java-archive.ts";

const RELEASE = "release";

/**
 * Detects Java runtimes that no package owns (images unpack them into `/opt`): directories with a `release` file and `bin/java`. A
 * runtime owns all that is in its directory and belongs to no package.
 */
export function detectJavaRuntimes(discovery: Discovery): void {
  for (const { release, directory } of findReleases(discovery)) {
    const read = parseDocument(discovery, readNode(discovery, release), parseJavaRelease);
    if (read !== undefined) claimTree(discovery, directory, addRuntime(discovery, directory, read));
  }
}

/** Outer directories first: the runtime inside a development kit is part of it. Never a directory of the whole system. */
function findReleases({ index, owners }: Discovery): { release: FileNode; directory: FileNode }[] {
  const found: { release: FileNode; directory: FileNode }[] = [];
  for (const release of index.listNamed(RELEASE)) {
    if (release.body === undefined || owners.ownerOf(release) >= 0) continue;
    const directory = release.parent!;
    const isWhole = directory.children.has("lib") && directory.children.get("bin")?.children.has("java");
    if (isWhole && !/^(?:usr(?:\/local)?)?$/.test(directory.path)) found.push({ release, directory });
  }
  return found.sort((a, b) => (a.directory.path < b.directory.path ? -1 : 1));
}

function addRuntime(discovery: Discovery, directory: FileNode, { version, vendor }: JavaRelease): number {
  const identity = javaRuntimePurl(vendor, version);
  return discovery.addComponent({ kind: "binary", name: "java", version, identity, instancePath: directory.path });
}

/**
 * Adds edges from archives to the runtime that would run them, if the image has one component with `bin/java`: this is inferred. With
 * several runtimes, what starts an archive decides, and is not known.
 */
export function addJavaRuntimeEdges(discovery: Discovery, archives: readonly JavaArchive[]): void {
  const unshipped = archives.filter(({ isShipped }) => !isShipped);
  const programs = unshipped.length === 0 ? [] : findPrograms(discovery);
  const owners = new Set(programs.map((node) => discovery.owners.ownerOf(node)));
  const [owner = -1] = owners;
  if (owners.size !== 1 || owner < 0) return;
  for (const { index } of unshipped) discovery.addEdge(index, owner, `runs on ${programs[0]!.path}`, Evidence.inferred);
}

function findPrograms({ index }: Discovery): FileNode[] {
  const isProgram = ({ kind, parent }: FileNode) => kind === EntryKind.file && parent?.name === "bin";
  return index
    .listNamed("java")
    .filter(isProgram)
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}
