import { type BuildText, hasBuildText, isProgramFacts, readProgramFacts } from "#lib/formats/program-facts/index.ts";
import { binaryPurl } from "#lib/formats/purl/index.ts";
import type { FileBody, FileNode } from "#lib/model/file-tree.ts";
import type { Discovery } from "./discovery.ts";

/** Programs without a package that become components. An ordinary image has dozens. */
export const MAX_BINARIES = 10_000;

/** A visible program, library or script, and its facts as its layer keeps them. */
export interface ProgramFile {
  readonly node: FileNode;
  readonly facts: Uint8Array;
}

/** The files of the tree with facts, one for each body, in path order: its first owned name, or else its first. */
export function listPrograms({ index, owners, tree }: Discovery): ProgramFile[] {
  const files = new Map<string, ProgramFile>();
  for (const node of index.documents) {
    const facts = tree.document(node);
    if (facts === undefined || !isProgramFacts(facts)) continue;
    const key = bodyKey(node.body!);
    const known = files.get(key);
    if (known === undefined || comesBefore(node, known.node)) files.set(key, { node, facts });
  }
  return [...files.values()].sort((a, b) => (a.node.path < b.node.path ? -1 : 1));

  function comesBefore(node: FileNode, other: FileNode): boolean {
    const isOwned = owners.ownerOf(node) >= 0;
    if (isOwned !== owners.ownerOf(other) >= 0) return isOwned;
    return node.path < other.path;
  }
}

function bodyKey({ layer, entry }: FileBody): string {
  return `${layer} ${entry}`;
}

/** A program or library, and what it says of its build. */
export interface BuiltFile {
  readonly node: FileNode;
  readonly build: BuildText;
}

/** The files that say anything of their build. */
export function listBuiltFiles(files: readonly ProgramFile[]): BuiltFile[] {
  return files.flatMap(({ node, facts }) => {
    const read = hasBuildText(facts) ? readProgramFacts(facts) : undefined;
    return read?.kind === "elf" && read.build !== undefined ? [{ node, build: read.build }] : [];
  });
}

/**
 * A program that no package owns becomes a component with that file, identified by its content: the same program in two images is
 * one. Libraries without an owner stay unowned.
 */
export function claimBinaries(discovery: Discovery, files: readonly ProgramFile[]): void {
  let count = 0;
  for (const { node, facts } of files) {
    if (discovery.owners.ownerOf(node) >= 0) continue;
    const read = readProgramFacts(facts);
    if (read?.kind !== "elf" || !read.needs.isProgram) continue;
    count += 1;
    if (count > MAX_BINARIES) {
      discovery.addLimit("programs without a package", MAX_BINARIES);
      return;
    }
    const identity = binaryPurl(node.name, read.sha256);
    const component = { kind: "binary", name: node.name, version: "", identity, instancePath: "" } as const;
    discovery.owners.claim(node, discovery.addComponent(component));
  }
}
