import { type Distribution, rpmPurl } from "#lib/formats/purl/index.ts";
import { isCondensed, parseRpmDatabase, type RpmPackage } from "#lib/formats/rpm/index.ts";
import type { FileNode } from "#lib/model/file-tree.ts";
import type { Discovery } from "./discovery.ts";
import { readBody } from "./documents.ts";
import { ListedPaths } from "./owner-table.ts";
import { addRpmEdges, type InstalledRpm, type ListedRpm, RequiredFiles } from "./rpm-edges.ts";

/** Where rpm keeps its database: since 2021 under /usr, with a link at the old place; image-based systems under /usr/share. */
const DIRECTORIES = ["usr/lib/sysimage/rpm", "var/lib/rpm", "usr/share/rpm"];
/** In the order in which rpm itself looks for them; a conversion leaves the older file behind. */
const FILES = ["rpmdb.sqlite", "Packages.db", "Packages"];
const NO_BYTES = new Uint8Array(0);

/** Detects rpm packages, assigns the files they list, and adds what they require. */
export function detectRpms(discovery: Discovery, distribution: Distribution): InstalledRpm[] {
  const { rpms, required } = claimRpms(discovery, distribution);
  addRpmEdges(discovery, rpms, required);
  return rpms;
}

/** The lists of files are garbage once this returns. */
function claimRpms(discovery: Discovery, distribution: Distribution) {
  const listed = readInstalled(discovery, distribution);
  const paths = new ListedPaths(discovery.tree);
  claimFiles(discovery, paths, listed);
  const required = new RequiredFiles(paths, listed);
  return { rpms: listed.map(({ lists: _, ...rpm }): InstalledRpm => rpm), required };
}

function readInstalled(discovery: Discovery, distribution: Distribution): ListedRpm[] {
  const node = findDatabase(discovery);
  const rpms = new Map<number, ListedRpm>();
  for (const found of node === undefined ? [] : readDatabase(discovery, node)) {
    const index = addComponent(discovery, found, distribution);
    if (!rpms.has(index)) rpms.set(index, { ...limit(discovery, found), index, database: node!.path });
    else discovery.addProblem(node!.path, { code: "bad-package-database", message: `${found.name} is listed twice` });
  }
  return [...rpms.values()];
}

/** rpm has one database. Of several in different places, which a moved place leaves behind, it is the one written last. */
function findDatabase({ tree }: Discovery): FileNode | undefined {
  let last: FileNode | undefined;
  for (const path of DIRECTORIES) {
    const nodes = FILES.map((name) => tree.resolve(path)?.children.get(name));
    const node = nodes.find((each) => each !== undefined && each.body?.byteCount !== 0);
    if (node !== undefined && (last === undefined || node.layer > last.layer)) last = node;
  }
  return last;
}

function readDatabase(discovery: Discovery, node: FileNode): RpmPackage[] {
  const database = readBody(discovery, node);
  if (database === undefined) return [];
  const log = node.parent?.children.get(`${node.name}-wal`);
  const { value, problems } = parseRpmDatabase({ database, wal: readLog(discovery, { node, database, log }) });
  discovery.addProblems(node.path, problems);
  return value;
}

/** A condensed database contains what the log of its own layer had committed. A log of another layer has later packages. */
function readLog(
  discovery: Discovery,
  { node, database, log }: { node: FileNode; database: Uint8Array; log: FileNode | undefined },
): Uint8Array {
  if (log?.body === undefined || log.body.byteCount === 0) return NO_BYTES;
  if (!isCondensed(database)) return readBody(discovery, log) ?? NO_BYTES;
  if (log.layer !== node.layer) {
    const message = "not read: it is in another layer than its database, which may lack its newest packages";
    discovery.addProblem(log.path, { code: "bad-package-database", message });
  }
  return NO_BYTES;
}

function addComponent(discovery: Discovery, found: RpmPackage, distribution: Distribution): number {
  const { name, arch, epoch } = found;
  const version = `${found.version}-${found.release}`;
  const identity = rpmPurl({ name, version, arch, epoch }, distribution);
  const shown = epoch === "" || epoch === "0" ? version : `${epoch}:${version}`;
  return discovery.addComponent({ kind: "rpm", name, version: shown, identity, instancePath: "" });
}

function limit(discovery: Discovery, found: RpmPackage): Pick<ListedRpm, "package" | "lists"> {
  const { files, ghosts, absent, ...declared } = found;
  const requires = discovery.takeDeclarations(declared.requires);
  const provides = discovery.takeDeclarations(declared.provides);
  return { package: { ...declared, requires, provides }, lists: { files, ghosts, absent } };
}

/**
 * Assigns packages the files they list: first what rpm has installed, then ghosts and what it has left out, which belong to the
 * package that only names them if they are there and no other package has installed them.
 */
function claimFiles(discovery: Discovery, paths: ListedPaths, rpms: readonly ListedRpm[]): void {
  for (const list of ["files", "ghosts", "absent"] as const) {
    for (const rpm of rpms) {
      for (const path of rpm.lists[list]) {
        const node = paths.find(path);
        if (node !== undefined) discovery.owners.claim(node, rpm.index);
      }
    }
  }
}
