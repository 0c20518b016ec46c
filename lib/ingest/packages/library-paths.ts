import { matchesGlob, parseLdSoConf, parseMuslPath } from "#lib/formats/ld-so-conf/index.ts";
import type { FileNode } from "#lib/model/file-tree.ts";
import type { Discovery } from "./discovery.ts";
import { parseDocument, readDocument, readNode } from "./documents.ts";

/** Files read for one image's ld.so.conf; systems have some five. */
export const MAX_CONF_FILES = 1000;
/** Directories in all of them. */
export const MAX_CONF_DIRECTORIES = 10_000;

const CONF = "etc/ld.so.conf";

/** The directories of `/etc/ld.so.conf` and the files it includes, in order. The cache that ldconfig makes of them is not read. */
export function listConfDirectories(discovery: Discovery): string[] {
  const directories = new Set<string>();
  const read = new Set<FileNode>();
  // The next file last; included files come in the place of their line.
  const pending: (FileNode | string)[] = [discovery.tree.resolve(CONF)].filter((node) => node !== undefined);
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (typeof next === "string") directories.add(next);
    else if (!read.has(next)) {
      read.add(next);
      pending.push(...readConf(discovery, next).reverse());
    }
    if (read.size > MAX_CONF_FILES || pending.length + directories.size > MAX_CONF_DIRECTORIES) {
      discovery.addLimit("files or directories of ld.so.conf", MAX_CONF_DIRECTORIES);
      break;
    }
  }
  return [...directories];
}

function readConf(discovery: Discovery, node: FileNode): (FileNode | string)[] {
  const lines = parseDocument(discovery, readNode(discovery, node), parseLdSoConf) ?? [];
  return lines.flatMap(({ kind, path }): (FileNode | string)[] =>
    kind === "directory" ? [path] : listIncluded(discovery, node, path),
  );
}

/** The files that a pattern means, in order of their names. A star in a directory's name means nothing here. */
function listIncluded({ tree }: Discovery, node: FileNode, pattern: string): FileNode[] {
  const path = pattern.startsWith("/") ? pattern : `${node.parent?.path ?? ""}/${pattern}`;
  const slash = path.lastIndexOf("/");
  const directory = tree.resolve(path.slice(0, slash));
  const names = [...(directory?.children.keys() ?? [])].filter((name) => matchesGlob(name, path.slice(slash + 1)));
  const found = names.sort().map((name) => tree.resolve(`${directory!.path}/${name}`));
  return found.filter((each) => each?.body !== undefined) as FileNode[];
}

/** The directories that musl searches, of its file or by default. */
export function listMuslDirectories(discovery: Discovery, arch: string): string[] {
  const document = readDocument(discovery, `etc/ld-musl-${arch}.path`);
  return document === undefined ? ["/lib", "/usr/local/lib", "/usr/lib"] : parseMuslPath(document.text);
}

/** By e_machine: the names of the architecture in Debian's library directories, those of 64 bits first. */
const TRIPLETS: Readonly<Record<number, readonly [bits: number, triplet: string][]>> = {
  3: [[32, "i386-linux-gnu"]],
  8: [
    [64, "mips64el-linux-gnuabi64"],
    [32, "mipsel-linux-gnu"],
  ],
  20: [[32, "powerpc-linux-gnu"]],
  21: [
    [64, "powerpc64le-linux-gnu"],
    [64, "powerpc64-linux-gnu"],
  ],
  22: [[64, "s390x-linux-gnu"]],
  40: [
    [32, "arm-linux-gnueabihf"],
    [32, "arm-linux-gnueabi"],
  ],
  62: [
    [64, "x86_64-linux-gnu"],
    [32, "x86_64-linux-gnux32"],
  ],
  183: [[64, "aarch64-linux-gnu"]],
  243: [[64, "riscv64-linux-gnu"]],
  258: [[64, "loongarch64-linux-gnu"]],
};

/** What `$LIB` may mean in a path, and where the C library looks by default: Debian's directories, then those of all others. */
export function listLibraryNames(machine: number, bits: number): string[] {
  const triplets = (TRIPLETS[machine] ?? []).filter(([width]) => width === bits).map(([, triplet]) => `lib/${triplet}`);
  return [...triplets, ...(bits === 64 ? ["lib64"] : []), "lib"];
}

/** What `$PLATFORM` may mean. */
export function listPlatforms(machine: number, bits: number): string[] {
  return (TRIPLETS[machine] ?? []).filter(([width]) => width === bits).map(([, triplet]) => triplet.split("-")[0]!);
}
