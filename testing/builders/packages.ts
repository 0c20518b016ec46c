import { detectComponents, type FoundComponents } from "#lib/ingest/packages/detect-components.ts";
import { parseDiffId } from "#lib/model/digest.ts";
import { type RootReasonName, toRootReasonName } from "#lib/model/root-reason.ts";
import { buildFileTree, type TreeEntry } from "./file-tree.ts";

/** A layer's DiffID for tests: the same digit throughout. */
export function diffIdOf(layer: number): NonNullable<ReturnType<typeof parseDiffId>> {
  const diffId = parseDiffId(`sha256:${layer.toString(16).repeat(64)}`);
  if (diffId === undefined) throw new RangeError(`layer ${layer}: tests have at most 16`);
  return diffId;
}

/** The components of an image, queried by name: `name@version`, the path of an instance, or the name of a package manager's data. */
export interface PackageView {
  readonly found: FoundComponents;
  readonly names: readonly string[];
  readonly edges: readonly string[];
  readonly roots: readonly string[];
  readonly rootReasons: Readonly<Record<string, RootReasonName | undefined>>;
  readonly messages: readonly string[];
  ownerOf(path: string): string;
  selfSizeOf(name: string): number;
  /** The name that determines the owner of the body at this path. */
  ownedAs(path: string): string;
}

/** Detects the components of a tree of four layers, and lets a test query them by name. */
export function viewPackages(
  entries: Readonly<Record<string, TreeEntry>>,
  command: readonly string[] = [],
  path?: string,
  workingDir?: string,
  machine?: string,
): PackageView {
  const tree = buildFileTree(entries);
  const diffIds = [0, 1, 2, 3].map(diffIdOf);
  const found = detectComponents(tree, { source: "test", command, path, workingDir, machine, diffIds });
  const names = found.components.map((component) => {
    if (component.instancePath !== "") return component.instancePath;
    if (component.kind === "manager" || component.kind === "binary") return component.name;
    return `${component.name}@${component.kind === "unowned" ? Number.parseInt(component.version[0]!, 16) : component.version}`;
  });
  return {
    found,
    names,
    edges: found.edges.map(({ from, to, detail }) => `${names[from]} → ${names[to]} [${detail}]`),
    roots: found.roots.map((root) => names[root]!),
    rootReasons: Object.fromEntries(
      found.roots.map((root, i) => [names[root]!, toRootReasonName(found.rootReasons[i]!)]),
    ),
    messages: found.problems.map((problem) => `${problem.path}: ${problem.message}`),
    ownerOf: (at) => {
      const node = tree.lookup(at);
      if (node === undefined) throw new RangeError(`nothing at ${at}`);
      const owner = found.owner.get(node);
      return owner === undefined ? "nobody" : names[owner]!;
    },
    ownedAs: (at) => {
      const body = tree.lookup(at)?.body;
      if (body === undefined) throw new RangeError(`no body at ${at}`);
      return found.nameOf(body).path;
    },
    selfSizeOf: (name) => found.selfSize[names.indexOf(name)]!,
  };
}

/** A record of dpkg's status database: an installed package, with further fields as given. */
export function debRecord(name: string, fields: Readonly<Record<string, string>> = {}): string {
  const all = { Package: name, Status: "install ok installed", Version: "1", Architecture: "amd64", ...fields };
  return `${Object.entries(all)
    .map(([field, value]) => `${field}: ${value}\n`)
    .join("")}\n`;
}
