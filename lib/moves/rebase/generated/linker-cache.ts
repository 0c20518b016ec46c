import {
  compareLibraryNames,
  type LdSoCacheEntry,
  parseLdSoCache,
  writeLdSoCache,
} from "#lib/formats/ld-so-cache/index.ts";
import { readProgramFacts } from "#lib/formats/program-facts/index.ts";
import type { ElfNeeds } from "#lib/model/elf-needs.ts";
import type { FileNode } from "#lib/model/file-tree.ts";
import type { MovedTree } from "../sides.ts";
import { type LinkerDirectory, listLinkerDirectories } from "./linker-directories.ts";

/** What the cache calls a machine and ABI (glibc, sysdeps/generic/ldconfig.h), by e_machine and bits. */
const FLAGS: Readonly<Record<string, number>> = {
  "3 32": 0x0003,
  "21 64": 0x0503,
  "22 64": 0x0403,
  "62 32": 0x0803,
  "62 64": 0x0303,
  "183 64": 0x0a03,
  "243 64": 0x1003,
};
/** Machines of which `ldconfig` knows both widths; of all others only their own. */
const FAMILIES: readonly (readonly number[])[] = [[3, 62]];
const SHARED_OBJECT = 3;
const LIBRARY_NAME = /^(?:lib|ld-).*\.so/;
/** Other names are kept as they are shown, not as they are. */
const PLAIN = /^[!-~]*$/;
/** Half-installed files of package managers, and scripts for debuggers. */
const PASSED_OVER = /-gdb\.py$|\.dpkg-(?:new|tmp)$|;|^\.#prelink#\./;

/** A file of a directory that may give its name to the cache. */
interface Candidate {
  readonly fileName: string;
  readonly soname: string;
  readonly isLink: boolean;
  readonly flags: number;
}

/**
 * The `etc/ld.so.cache` that `ldconfig` would write for a tree, byte for byte, if it were the one that wrote `model`. `undefined` for
 * machines whose numbers are not known, and for a model that is no cache.
 */
export function renewLinkerCache(tree: MovedTree, model: Uint8Array): Uint8Array | undefined {
  const { value } = parseLdSoCache(model);
  const machine = value === undefined ? undefined : findMachine(tree, value.entries);
  if (value === undefined || machine === undefined) return undefined;
  const machines = FAMILIES.find((family) => family.includes(machine.machine)) ?? [machine.machine];
  const directories = listLinkerDirectories(tree, machine);
  const entries = directories.flatMap((directory) => listEntries(tree, directory, machines));
  return writeLdSoCache({ entries, generator: value.generator });
}

/** The machine of the first library in the cache that is still there. */
function findMachine(tree: MovedTree, entries: readonly LdSoCacheEntry[]): ElfNeeds | undefined {
  for (const { path } of entries) {
    const node = tree.resolve(path);
    const needs = node === undefined ? undefined : readLibrary(tree, node);
    if (needs !== undefined && flagsOf(needs) !== undefined) return needs;
  }
  return undefined;
}

function listEntries(tree: MovedTree, { path, node }: LinkerDirectory, machines: readonly number[]): LdSoCacheEntry[] {
  const chosen = new Map<string, Candidate>();
  for (const child of node.children.values()) {
    const candidate = toCandidate(tree, child, machines);
    if (candidate === undefined) continue;
    const known = chosen.get(candidate.soname);
    if (known === undefined || isBetter(candidate, known)) chosen.set(candidate.soname, candidate);
  }
  return Array.from(chosen.values(), ({ soname, flags }) => ({
    name: soname,
    path: `${path}/${soname}`,
    flags,
    hwcap: 0n,
  }));
}

function toCandidate(tree: MovedTree, child: FileNode, machines: readonly number[]): Candidate | undefined {
  if (!LIBRARY_NAME.test(child.name) || !PLAIN.test(child.path) || PASSED_OVER.test(child.name)) return undefined;
  const file = tree.resolve(child.path);
  const needs = file === undefined ? undefined : readLibrary(tree, file);
  if (needs !== undefined && !PLAIN.test(needs.soname)) return undefined;
  const flags = needs !== undefined && machines.includes(needs.machine) ? flagsOf(needs) : undefined;
  if (flags === undefined) return undefined;
  const soname = needs!.soname === "" ? child.name : needs!.soname;
  const isLink = child.linkTarget !== "" && isPlainLink(child.name, soname);
  return { fileName: child.name, soname: isLink ? child.name : soname, isLink, flags };
}

/** A link with a name of its own counts as the file that it leads to, except for the `libx.so` that compilers use. */
function isPlainLink(name: string, soname: string): boolean {
  return name === soname || (name.endsWith(".so") && soname.startsWith(name));
}

/** A file comes before a link, and of two the later name. */
function isBetter(candidate: Candidate, known: Candidate): boolean {
  if (candidate.isLink !== known.isLink) return known.isLink;
  return compareLibraryNames(known.fileName, candidate.fileName) < 0;
}

function readLibrary(tree: MovedTree, node: FileNode): ElfNeeds | undefined {
  const facts = node.body === undefined ? undefined : tree.document(node);
  const read = facts === undefined ? undefined : readProgramFacts(facts);
  return read?.kind === "elf" && read.needs.type === SHARED_OBJECT ? read.needs : undefined;
}

/** Caches of other byte orders are not written. */
function flagsOf({ machine, bits, isLittle }: ElfNeeds): number | undefined {
  return isLittle ? FLAGS[`${machine} ${bits}`] : undefined;
}
