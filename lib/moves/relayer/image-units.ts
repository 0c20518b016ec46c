import { createHash } from "node:crypto";
import { detectComponents, type FoundComponents } from "#lib/ingest/packages/detect-components.ts";
import { squash } from "#lib/ingest/squash/squash.ts";
import type { Component } from "#lib/model/component.ts";
import type { FileNode, FileTree } from "#lib/model/file-tree.ts";
import { EntryKind, entryLink, type LayerScan } from "#lib/model/layer.ts";
import { toListing } from "#lib/model/layer-listing.ts";
import { InputError } from "#lib/model/problem.ts";
import type { SourceImage } from "#lib/sources/images/source-image.ts";
import { FACT_BYTES } from "./member-facts.ts";
import type { MemberColumns } from "./read-members.ts";
import type { EntryPlace, UnitTable } from "./unit-table.ts";

/** Hard links from one symlink or device to the next, each to a name of the one before. */
const MAX_LINKS = 40;

/** A layer that was read, with its position among all that were. */
export interface ReadMembers {
  readonly position: number;
  readonly scan: LayerScan;
  readonly columns: MemberColumns;
}

/** The squashed tree of an image as units. */
export interface ImageUnits {
  /** All but directories, in the order of their names. */
  readonly units: Int32Array;
  /** For each of them its group, a row of `GroupNames`. */
  readonly groups: Int32Array;
  /** Directories that have an entry, or nothing in them. */
  readonly directories: Int32Array;
}

/** Names of groups, each once. */
export class GroupNames {
  readonly names: string[] = [];
  readonly #rows = new Map<string, number>();

  rowOf(name: string): number {
    const row = this.#rows.get(name) ?? this.names.push(name) - 1;
    this.#rows.set(name, row);
    return row;
  }
}

/** Squashes the layers of an image and adds what is visible to the table. Throws InputError. */
export function listUnits(
  image: SourceImage,
  layers: readonly ReadMembers[],
  { table, groups }: { readonly table: UnitTable; readonly groups: GroupNames },
): ImageUnits {
  const { tree } = squash(layers.map(({ scan }) => toListing(scan)));
  const found = detectComponents(tree, toOptions(image, layers));
  const reader = new UnitReader(layers, tree, table);
  const namer = new GroupNamer(found);
  const rows: [number, number][] = [];
  const directories: number[] = [];
  for (const names of reader.gatherNames()) {
    const unit = reader.addUnit(names);
    if (names[0]!.kind === EntryKind.directory) directories.push(unit);
    else rows.push([unit, groups.rowOf(namer.nameOf(names[0]!))]);
  }
  for (const path of listEmpty(tree)) directories.push(table.addPlain(path));
  return {
    units: Int32Array.from(rows, ([unit]) => unit),
    groups: Int32Array.from(rows, ([, group]) => group),
    directories: Int32Array.from(directories),
  };
}

/** Empty directories without an entry: their files are gone, so nothing else leads to them. */
function listEmpty({ names }: FileTree): string[] {
  const empty = names.filter(
    ({ kind, entry, children }) => kind === EntryKind.directory && entry < 0 && children.size === 0,
  );
  return empty.map(({ path }) => path).filter((path) => path !== "");
}

/** As the image's own scan does. */
function toOptions({ name, config }: SourceImage, layers: readonly ReadMembers[]) {
  const { command, searchPath, libraryPath, settings, platform } = config;
  return {
    source: name,
    command,
    path: searchPath,
    libraryPath,
    workingDir: settings.workingDir,
    machine: platform.architecture,
    diffIds: layers.map(({ scan }) => scan.diffId),
  };
}

/** dpkg keeps these for each package: `NAME.md5sums`, `NAME:ARCH.list`. */
const DPKG_INFO = /^var\/lib\/dpkg\/info\/([^/:]+?)(?::[^/.]+)?\.([a-z0-9]+)$/;

/** Names groups of files that change together. */
class GroupNamer {
  readonly #found: FoundComponents;
  readonly #debs: ReadonlySet<string>;

  constructor(found: FoundComponents) {
    this.#found = found;
    this.#debs = new Set(found.components.filter(({ kind }) => kind === "deb").map(({ name }) => name));
  }

  /** Without a version, so that an update stays in its group. Files of no package are grouped by where they are. */
  nameOf(node: FileNode): string {
    const { components, owner, nameOf } = this.#found;
    const component = components[owner.get(node.body === undefined ? node : nameOf(node.body)) ?? -1];
    if (component === undefined || component.kind === "unowned") return `unowned:${folderOf(node.path)}`;
    return component.kind === "manager" ? this.#managed(node, component) : `${component.kind}:${component.name}`;
  }

  /**
   * What a package brings for dpkg changes with it; the rest of a database with every package. The lists of files are written by dpkg
   * and have the time of the build: in the layers of packages, they would change all of them.
   */
  #managed({ path }: FileNode, { kind, name }: Component): string {
    const [, deb = "", suffix] = DPKG_INFO.exec(path) ?? [];
    if (suffix === "list") return `${kind}:dpkg lists`;
    return this.#debs.has(deb) ? `deb:${deb}` : `${kind}:${name}`;
  }
}

const folderOf = (path: string) => path.split("/").slice(0, -1).slice(0, 2).join("/");

/** Finds what is one unit, and where. */
class UnitReader {
  readonly #layers: readonly ReadMembers[];
  readonly #tree: FileTree;
  readonly #table: UnitTable;

  constructor(layers: readonly ReadMembers[], tree: FileTree, table: UnitTable) {
    this.#layers = layers;
    this.#tree = tree;
    this.#table = table;
  }

  /** The names of each unit, the one that its body was stored under first, if it is visible. */
  *gatherNames(): Generator<readonly FileNode[]> {
    const sets = new Map<string, FileNode[]>();
    for (const node of this.#tree.names) {
      if (node.kind === EntryKind.directory && node.entry < 0) continue;
      const { layer, entry } = this.#originOf(node);
      const key = `${layer} ${entry}`;
      const names = sets.get(key);
      if (names === undefined) sets.set(key, [node]);
      else names.push(node);
    }
    for (const names of sets.values()) {
      if (names.length > 1) this.#sort(names);
      yield names;
    }
  }

  addUnit(names: readonly FileNode[]): number {
    const [first] = names as [FileNode, ...FileNode[]];
    const origin = this.#originOf(first);
    const { scan, columns } = this.#layers[origin.layer]!;
    const hash = createHash("sha256").update(columns.facts.subarray(origin.entry * FACT_BYTES).subarray(0, FACT_BYTES));
    const content = scan.entries.content[origin.entry]!;
    if (first.kind === EntryKind.file) hash.update(scan.contents.sha256.subarray(content * 32, content * 32 + 32));
    for (const node of names) hash.update("\0").update(this.#pathOf(node));
    const toPlace = ({ layer, entry }: EntryPlace) => ({ layer: this.#layers[layer]!.position, entry });
    const links = names.filter((node) => !isAt(node, origin)).map(toPlace);
    const unit = { origin: toPlace(origin), isHidden: !isAt(first, origin), links, bytes: first.body?.byteCount ?? 0 };
    return this.#table.add(hash.digest().toString("latin1", 0, FACT_BYTES), unit);
  }

  /** The entry with the body and attributes of a name. */
  #originOf(node: FileNode): EntryPlace {
    if (node.body !== undefined) return node.body;
    let origin = node;
    for (let links = 0; this.#isLink(origin); links++) {
      const { layer, entry } = origin;
      const linked = this.#tree.lookup(entryLink(this.#layers[layer]!.scan.entries, entry));
      if (linked === undefined || links === MAX_LINKS || !isBefore(linked, origin) || linked.kind !== node.kind) {
        throw new InputError("unsupported", node.path, "a hard link whose file is not in the image any more");
      }
      origin = linked;
    }
    return origin;
  }

  #isLink({ layer, entry }: EntryPlace): boolean {
    return this.#layers[layer]!.scan.entries.kind[entry] === EntryKind.hardLink;
  }

  #pathOf({ layer, entry }: EntryPlace): Uint8Array {
    const { names, pathStart, pathEnd } = this.#layers[layer]!.scan.entries;
    return names.subarray(pathStart[entry]!, pathEnd[entry]!);
  }

  #sort(names: FileNode[]): void {
    const rank = (node: FileNode) => (isAt(node, this.#originOf(node)) ? 0 : 1);
    names.sort((a, b) => rank(a) - rank(b) || Buffer.compare(this.#pathOf(a), this.#pathOf(b)));
  }
}

function isBefore(a: EntryPlace, b: EntryPlace): boolean {
  return a.layer < b.layer || (a.layer === b.layer && a.entry < b.entry);
}

function isAt(node: EntryPlace, { layer, entry }: EntryPlace): boolean {
  return node.layer === layer && node.entry === entry;
}
