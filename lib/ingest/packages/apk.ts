import { type ApkDependency, type ApkPackage, parseInstalled, satisfiesApkVersion } from "#lib/formats/apk/index.ts";
import { apkPurl, type Distribution } from "#lib/formats/purl/index.ts";
import type { Discovery } from "./discovery.ts";
import { readDocument } from "./documents.ts";
import { ListedPaths } from "./owner-table.ts";

// apk-tools 3 moved the database under /usr. If /lib is a link to usr/lib, both are one file, read once.
const DATABASES = ["lib/apk/db/installed", "usr/lib/apk/db/installed"];

/** A candidate for a name: the package of that name, or one that provides it. */
interface Provider {
  readonly name: string;
  readonly index: number;
  /** `undefined`: provided without a version. */
  readonly version: string | undefined;
}

/** The installed packages of apk, by name and by provided name. */
export class ApkIndex {
  readonly #discovery: Discovery;
  readonly #providers: ReadonlyMap<string, readonly Provider[]>;

  constructor(discovery: Discovery, installed: readonly InstalledApk[]) {
    this.#discovery = discovery;
    this.#providers = Map.groupBy(installed.flatMap(listProviders), ({ name }) => name);
  }

  /** The installed packages that satisfy a dependency: all of them, since apk keeps every provider it has chosen. */
  findProviders(wanted: ApkDependency): number[] {
    const found: number[] = [];
    for (const { index, version } of this.#providers.get(wanted.name) ?? []) {
      if (!this.#discovery.spendCandidate()) return found;
      if (satisfiesApkVersion(version, wanted)) found.push(index);
    }
    return found;
  }
}

interface InstalledApk {
  readonly package: ApkPackage;
  readonly index: number;
  readonly database: string;
}

function listProviders({ index, package: { name, version, provides } }: InstalledApk): Provider[] {
  const provided = provides.map((each) => ({ name: each.name, index, version: each.version || undefined }));
  return [{ name, index, version }, ...provided];
}

/** Detects Alpine packages, assigns the files they list, and adds their declared dependencies. */
export function detectApks(discovery: Discovery, distribution: Distribution): ApkIndex {
  const installed = readDatabases(discovery, distribution);
  const providers = new ApkIndex(discovery, installed);
  const paths = new ListedPaths(discovery.tree);
  for (const apk of installed) {
    for (const path of apk.package.files) {
      const node = paths.find(path);
      if (node !== undefined) discovery.owners.claim(node, apk.index);
    }
  }
  for (const apk of installed) addApkEdges(discovery, apk, providers);
  return providers;
}

function readDatabases(discovery: Discovery, distribution: Distribution): InstalledApk[] {
  const installed: InstalledApk[] = [];
  const known = new Set<string>();
  const nodes = new Set(DATABASES.map((path) => discovery.tree.resolve(path)));
  for (const node of nodes) {
    const document = node === undefined ? undefined : readDocument(discovery, node.path);
    if (document === undefined) continue;
    const { value, problems } = parseInstalled(document.text);
    discovery.addProblems(document.path, problems);
    for (const found of value) {
      const { name, version } = found;
      if (known.has(name)) {
        discovery.addProblem(document.path, { code: "bad-package-database", message: `${name} is listed twice` });
        continue;
      }
      known.add(name);
      const identity = apkPurl(name, version, found.arch, distribution);
      const index = discovery.addComponent({ kind: "apk", name, version, identity, instancePath: "" });
      const dependencies = discovery.takeDeclarations(found.dependencies);
      const provides = discovery.takeDeclarations(found.provides);
      installed.push({ package: { ...found, dependencies, provides }, index, database: document.path });
    }
  }
  return installed;
}

/** A conflict (`!name`) needs nothing. A dependency that nothing satisfies is a problem. */
function addApkEdges(discovery: Discovery, apk: InstalledApk, providers: ApkIndex): void {
  for (const wanted of apk.package.dependencies) {
    if (wanted.conflict) continue;
    const detail = `D: ${wanted.text}`;
    const found = providers.findProviders(wanted);
    for (const to of found) discovery.addEdge(apk.index, to, detail);
    if (found.length === 0) discovery.addUnresolved(apk.database, apk.index, detail);
  }
}
