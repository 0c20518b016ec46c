import type { FileBody, FileNode } from "#lib/model/file-tree.ts";
import { placeOf } from "#lib/model/place.ts";
import type { VisibleBodies } from "#lib/model/snapshot.ts";
import type { FoundComponents } from "../packages/find-components.ts";
import { EntryTable } from "../packages/owner-table.ts";

interface Owners {
  readonly layerCount: number;
  readonly nameOf: FoundComponents["nameOf"];
  readonly ownerOf: (node: FileNode) => number | undefined;
  /** The identity of the package at a position among the components; `undefined` where it is none, but the rest. */
  readonly packageOf: (owner: number) => string | undefined;
}

/** Every body that some name leads to, each once, with the name it is owned by; and the names that are hard links. */
export function findVisibleBodies(names: readonly FileNode[], owners: Owners): VisibleBodies {
  const { bodies, rows } = listBodies(names, owners.layerCount);
  const owner = Int32Array.from(bodies, (body) => owners.ownerOf(owners.nameOf(body)) ?? -1);
  const toPlace = (body: FileBody, i: number) => {
    const identity = owners.packageOf(owner[i]!);
    return identity === undefined ? -1 : placeOf(identity, owners.nameOf(body).path);
  };
  return {
    count: bodies.length,
    layer: Int32Array.from(bodies, (body) => body.layer),
    entry: Int32Array.from(bodies, (body) => body.entry),
    byteCount: Float64Array.from(bodies, (body) => body.byteCount),
    owner,
    place: Float64Array.from(bodies, toPlace),
    links: listLinks(names, rows),
  };
}

/** The bodies in the order of their first names, and the row of each. */
function listBodies(names: readonly FileNode[], layerCount: number): { bodies: FileBody[]; rows: EntryTable } {
  const bodies: FileBody[] = [];
  const rows = new EntryTable(names, layerCount);
  for (const { body } of names) {
    if (body !== undefined && rows.at(body) < 0) rows.set(body, bodies.push(body) - 1);
  }
  return { bodies, rows };
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
