import { parseGoBuild } from "#lib/formats/go-build/index.ts";
import { readProgramFacts } from "#lib/formats/program-facts/index.ts";
import { genericPurl } from "#lib/formats/purl/index.ts";
import type { FileNode } from "#lib/model/file-tree.ts";
import { claimTree } from "./claim-tree.ts";
import type { Discovery } from "./discovery.ts";

/** A compiler with its library, unpacked without a package. */
interface Toolchain {
  readonly name: string;
  /** Its program in `bin`. */
  readonly program: string;
  /** A directory that each has beside `bin`. */
  readonly beside: readonly string[];
  /** `undefined`: it is something else. */
  readonly readVersion: (discovery: Discovery, program: FileNode, directory: FileNode) => string | undefined;
}

const TOOLCHAINS: readonly Toolchain[] = [
  { name: "Go", program: "go", beside: ["src", "runtime"], readVersion: readGoVersion },
  { name: "Rust", program: "rustc", beside: ["lib", "rustlib"], readVersion: readRustVersion },
];

/**
 * Detects the toolchains of Go and Rust that no package owns, as in the images `golang` and `rust`: directories with the compiler and its
 * library. Each owns all that is in its directory and belongs to no package.
 */
export function detectToolchains(discovery: Discovery): void {
  const programs = discovery.index.listNamed("go", "rustc").filter(({ parent }) => parent?.name === "bin");
  for (const program of programs.sort((a, b) => (a.path < b.path ? -1 : 1))) {
    const toolchain = TOOLCHAINS.find((each) => each.program === program.name)!;
    const directory = program.parent!.parent!;
    const [outer = "", inner = ""] = toolchain.beside;
    const isWhole = directory.children.get(outer)?.children.has(inner);
    if (!isWhole || discovery.owners.ownerOf(program) >= 0 || /^(?:usr(?:\/local)?)?$/.test(directory.path)) continue;
    const version = toolchain.readVersion(discovery, program, directory);
    if (version !== undefined)
      claimTree(discovery, directory, addToolchain(discovery, toolchain, { directory, version }));
  }
}

function addToolchain(
  discovery: Discovery,
  { name }: Toolchain,
  { directory, version }: { directory: FileNode; version: string },
): number {
  const identity = genericPurl(name.toLowerCase(), version);
  return discovery.addComponent({ kind: "binary", name, version, identity, instancePath: directory.path });
}

/** The `go` command says by which Go it was built, which is its own version. */
function readGoVersion({ tree }: Discovery, program: FileNode): string | undefined {
  const facts = tree.document(program);
  const read = facts && readProgramFacts(facts);
  if (read?.kind !== "elf" || read.build?.format !== "go") return undefined;
  return parseGoBuild(read.build.text).value.goVersion;
}

/** rustup names a toolchain `1.85.1-x86_64-unknown-linux-gnu`, or after a channel. */
function readRustVersion(_: Discovery, __: FileNode, directory: FileNode): string {
  return /^(\d+\.\d+\.\d+)-/.exec(directory.name)?.[1] ?? "";
}
