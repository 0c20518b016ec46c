import { type Distribution, rpmPurl } from "#lib/formats/purl/index.ts";
import { isCondensed, parseRpmDatabase, type RpmPackage } from "#lib/formats/rpm/index.ts";
import type { FileNode } from "#lib/model/file-tree.ts";
import type { Discovery } from "./discovery.ts";
import { readBody } from "./documents.ts";
import { ListedPaths } from "./owner-table.ts";
import { addRpmEdges, type InstalledRpm, RequiredFiles } from "./rpm-edges.ts";

/** Where rpm keeps its database: since 2021 under /usr, with a link at the old place; image-based systems under /usr/share. */
const DIRECTORIES = ["usr/lib/sysimage/rpm", "var/lib/rpm", "usr/share/rpm"];
/** In the order in which rpm itself looks for them; a conversion leaves the older file behind. */
const FILES = ["rpmdb.sqlite", "Packages.db", "Packages"];
const NO_BYTES = new Uint8Array(0);

/** Detects rpm packages, assigns the files they list, and adds what they require. */
export function detectRpms(discovery: Discovery, distribution: Distribution): InstalledRpm[] {
  const rpms = readDatabases(discovery, distribution);
  const paths = new ListedPaths(discovery.tree);
  claimFiles(discovery, paths, rpms);
  addRpmEdges(discovery, rpms, new RequiredFiles(paths, rpms));
  return rpms;
}

/** Of two records of one package the first counts; one in another directory's database is a copy of it. */
function readDatabases(discovery: Discovery, distribution: Distribution): InstalledRpm[] {
  const rpms = new Map<number, InstalledRpm>();
  for (const directory of new Set(DIRECTORIES.map((path) => discovery.tree.resolve(path)))) {
    const node = directory === undefined ? undefined : findDatabase(directory);
    for (const found of node === undefined ? [] : readDatabase(discovery, node)) {
      const index = addComponent(discovery, found, distribution);
      const known = rpms.get(index)?.database;
      if (known === undefined) rpms.set(index, { package: limit(discovery, found), index, database: node!.path });
      else if (known === node!.path)
        discovery.addProblem(known, { code: "bad-package-database", message: `${found.name} is listed twice` });
    }
  }
  return [...rpms.values()];
}

function findDatabase(directory: FileNode): FileNode | undefined {
  const nodes = FILES.map((name) => directory.children.get(name));
  return nodes.find((node) => node !== undefined && node.body?.byteCount !== 0);
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

function limit(discovery: Discovery, found: RpmPackage): RpmPackage {
  const requires = discovery.takeDeclarations(found.requires);
  return { ...found, requires, provides: discovery.takeDeclarations(found.provides) };
}

/**
 * Assigns packages the files they list: first what rpm has installed, then ghosts and what it has left out, which belong to the
 * package that only names them if they are there and no other package has installed them.
 */
function claimFiles(discovery: Discovery, paths: ListedPaths, rpms: readonly InstalledRpm[]): void {
  for (const list of ["files", "ghosts", "absent"] as const) {
    for (const rpm of rpms) {
      for (const path of rpm.package[list]) {
        const node = paths.find(path);
        if (node !== undefined) discovery.owners.claim(node, rpm.index);
      }
    }
  }
}
