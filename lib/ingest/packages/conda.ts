import { type CondaRecord, parseCondaRecord, toCondaName } from "#lib/formats/conda/index.ts";
import { condaPurl } from "#lib/formats/purl/index.ts";
import type { FileNode } from "#lib/model/file-tree.ts";
import { EntryKind } from "#lib/model/layer.ts";
import { RootReason } from "#lib/model/root-reason.ts";
import type { Discovery } from "./discovery.ts";
import { readBody } from "./documents.ts";
import { joinPath } from "./join-path.ts";
import { ListedPaths } from "./owner-table.ts";

const METADATA = "conda-meta";

/** A package of a conda environment. */
export interface InstalledConda {
  readonly name: string;
  readonly depends: readonly string[];
  readonly isRequested: boolean;
  readonly index: number;
  readonly file: FileNode;
}

/** A conda environment: a directory with `conda-meta` in it, and its packages by name. */
export type CondaEnvironment = ReadonlyMap<string, InstalledConda>;

/**
 * Detects the packages of conda environments, wherever they are: a component for each record in `conda-meta`, with the files that it
 * lists. Dependencies are resolved by name inside the environment, in which a name is installed once; conda has compared the versions.
 */
export function detectCondas(discovery: Discovery): CondaEnvironment[] {
  const paths = new ListedPaths(discovery.tree);
  const isMetadata = ({ name, kind }: FileNode) => name === METADATA && kind === EntryKind.directory;
  const environments = discovery.nodes
    .filter(isMetadata)
    .map((directory) => readEnvironment(discovery, paths, directory));
  for (const environment of environments) addEdges(discovery, environment);
  return environments;
}

function readEnvironment(discovery: Discovery, paths: ListedPaths, directory: FileNode): CondaEnvironment {
  const found = new Map<string, InstalledConda>();
  const files = [...directory.children.values()].filter(({ name }) => name.endsWith(".json"));
  for (const file of files.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const record = readRecord(discovery, file);
    if (record === undefined) continue;
    const index = addComponent(discovery, record, file);
    claimFiles(discovery, paths, { record, index, file });
    const { name, isRequested } = record;
    found.set(name.toLowerCase(), {
      name,
      isRequested,
      index,
      file,
      depends: discovery.takeDeclarations(record.depends),
    });
  }
  return found;
}

function readRecord(discovery: Discovery, file: FileNode): CondaRecord | undefined {
  const body = readBody(discovery, file);
  if (body === undefined) return undefined;
  const { value, problems } = parseCondaRecord(body);
  discovery.addProblems(file.path, problems);
  return value;
}

function addComponent(discovery: Discovery, record: CondaRecord, { path }: FileNode): number {
  const { name, version } = record;
  return discovery.addComponent({ kind: "conda", name, version, identity: condaPurl(record), instancePath: path });
}

function claimFiles(
  discovery: Discovery,
  paths: ListedPaths,
  { record, index, file }: { record: CondaRecord; index: number; file: FileNode },
): void {
  discovery.owners.claim(file, index);
  const prefix = file.parent?.parent?.path ?? "";
  for (const path of record.files) {
    const node = paths.find(joinPath(prefix, path));
    if (node !== undefined) discovery.owners.claim(node, index);
  }
}

function addEdges(discovery: Discovery, environment: CondaEnvironment): void {
  for (const { index, file, depends } of environment.values()) {
    for (const text of depends) {
      const name = toCondaName(text);
      const to = environment.get(name);
      if (to !== undefined) discovery.addEdge(index, to.index, `depends: ${text}`);
      else if (name !== "") discovery.addUnresolved(file.path, index, `depends: ${text}`);
    }
  }
}

/** The packages that conda was asked for, which it records in each of them; where it has not, those without referrers. */
export function addRequestedCondas(
  discovery: Discovery,
  environments: readonly CondaEnvironment[],
  referred: Uint8Array,
): void {
  for (const environment of environments) {
    const packages = [...environment.values()];
    const isRecorded = packages.some(({ isRequested }) => isRequested);
    for (const { index, isRequested } of packages) {
      if (isRequested) discovery.addRoot(index, RootReason.named);
      else if (!isRecorded && referred[index] === 0) discovery.addRoot(index, RootReason.unreferred);
    }
  }
}
