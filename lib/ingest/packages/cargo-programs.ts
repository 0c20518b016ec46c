import { type Crate, parseCrateList } from "#lib/formats/cargo-auditable/index.ts";
import { cargoPurl } from "#lib/formats/purl/index.ts";
import type { FileNode } from "#lib/model/file-tree.ts";
import type { Discovery } from "./discovery.ts";
import type { BuiltFile } from "./programs.ts";

/** A program or library of Rust, and the crates that cargo-auditable has listed in it. */
export interface CargoProgram {
  readonly node: FileNode;
  readonly crates: readonly Crate[];
}

/** Detects the programs with a list of crates. One that no package owns becomes a component with that file, named for its own crate. */
export function detectCargoPrograms(discovery: Discovery, files: readonly BuiltFile[]): CargoProgram[] {
  const ofCargo = files.filter(({ build }) => build.format === "cargo");
  return ofCargo.map(({ node, build }) => {
    const { value: crates, problems } = parseCrateList(build.text);
    discovery.addProblems(node.path, problems);
    const root = crates.find(isProgram);
    if (root !== undefined && discovery.owners.ownerOf(node) < 0)
      discovery.owners.claim(node, addCrate(discovery, root, node.path));
    return { node, crates: discovery.takeDeclarations(crates) };
  });
}

/**
 * Adds the crates in each program: components without files, with the dependencies that Cargo has resolved. Crates that only the build
 * used are left out: they are not in the program.
 */
export function addCrateEdges(discovery: Discovery, programs: readonly CargoProgram[]): void {
  for (const { node, crates } of programs) {
    const owner = discovery.packageOf(node);
    if (owner === undefined) continue;
    const indexes = crates.map((crate) => {
      if (crate.name === "" || crate.isBuildTime) return undefined;
      return crate.isRoot ? owner : addCrate(discovery, crate);
    });
    for (const [i, { name, version, dependencies }] of crates.entries()) {
      for (const to of indexes[i] === undefined ? [] : dependencies) {
        if (indexes[to] === undefined) continue;
        const wanted = `${crates[to]!.name} ${crates[to]!.version}`;
        discovery.addEdge(indexes[i]!, indexes[to], `${node.path}: ${name} ${version} depends on ${wanted}`);
      }
    }
  }
}

function isProgram({ isRoot, name }: Crate): boolean {
  return isRoot && name !== "";
}

function addCrate(discovery: Discovery, { name, version }: Crate, instancePath = ""): number {
  const identity = cargoPurl(name, version);
  return discovery.addComponent({ kind: "cargo", name, version, identity, instancePath });
}
