import type { FileNode } from "#lib/model/file-tree.ts";
import { placeOf } from "#lib/model/place.ts";
import type { VisibleBodies } from "#lib/model/snapshot.ts";
import type { FoundComponents } from "../packages/detect-components.ts";
import { EntryTable } from "../packages/owner-table.ts";

interface Owners {
  readonly layerCount: number;
  readonly nameOf: FoundComponents["nameOf"];
  readonly ownerOf: (node: FileNode) => number | undefined;
  /** The identity of the package at a position among the components; `undefined` if it is unowned. */
  readonly packageOf: (owner: number) => string | undefined;
}

/** Every body with a visible name, each once, with the name it is owned by; and the names that are hard links. */
export function findVisibleBodies(names: readonly FileNode[], owners: Owners): VisibleBodies {
  const { firstNames, rows } = listBodies(names, owners.layerCount);
  const owner = Int32Array.from(firstNames, ({ body }) => owners.ownerOf(owners.nameOf(body!)) ?? -1);
  const toPlace = ({ body }: FileNode, i: number) => {
    const identity = owners.packageOf(owner[i]!);
    return identity === undefined ? -1 : placeOf(identity, owners.nameOf(body!).path);
  };
  return {
    count: firstNames.length,
    layer: Int32Array.from(firstNames, ({ body }) => body!.layer),
    entry: Int32Array.from(firstNames, ({ body }) => body!.entry),
    byteCount: Float64Array.from(firstNames, ({ body }) => body!.byteCount),
    owner,
    place: Float64Array.from(firstNames, toPlace),
    links: listLinks(names, rows),
  };
}

/** The first name of each body, and the row of the body. Stored by name, because a body object is created on every access. */
function listBodies(names: readonly FileNode[], layerCount: number): { firstNames: FileNode[]; rows: EntryTable } {
  const firstNames: FileNode[] = [];
  const rows = new EntryTable(names, layerCount);
  for (const node of names) {
    if (node.body !== undefined && rows.at(node.body) < 0) rows.set(node.body, firstNames.push(node) - 1);
  }
  return { firstNames, rows };
}

function listLinks(names: readonly FileNode[], rows: EntryTable): VisibleBodies["links"] {
  const links = names.filter(
    ({ body, entry, layer }) => body !== undefined && (entry !== body.entry || layer !== body.layer),
  );
  return {
    layer: Int32Array.from(links, (node) => node.layer),
    entry: Int32Array.from(links, (node) => node.entry),
    body: Int32Array.from(links, ({ body }) => rows.at(body!)),
  };
}
