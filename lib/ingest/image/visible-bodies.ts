import type { FileBody, FileNode } from "#lib/model/file-tree.ts";
import type { VisibleBodies } from "#lib/model/snapshot.ts";
import type { FoundComponents } from "../packages/find-components.ts";

interface Link {
  readonly node: FileNode;
  readonly body: number;
}

interface Owners {
  readonly nameOf: FoundComponents["nameOf"];
  readonly ownerOf: (node: FileNode) => number | undefined;
}

/** Every body that some name leads to, each once, with the name it is owned by; and the names that are hard links. */
export function findVisibleBodies(names: readonly FileNode[], { nameOf, ownerOf }: Owners): VisibleBodies {
  const rows = new Map<FileBody, number>();
  const links: Link[] = [];
  for (const node of names) {
    if (node.body === undefined) continue;
    const row = rows.get(node.body) ?? rows.size;
    rows.set(node.body, row);
    if (node.entry !== node.body.entry || node.layer !== node.body.layer) links.push({ node, body: row });
  }
  const bodies = [...rows.keys()];
  const owned = bodies.map(nameOf);
  return {
    count: bodies.length,
    layer: Int32Array.from(bodies, (body) => body.layer),
    entry: Int32Array.from(bodies, (body) => body.entry),
    byteCount: Float64Array.from(bodies, (body) => body.byteCount),
    owner: Int32Array.from(owned, (node) => ownerOf(node) ?? -1),
    path: owned.map((node) => node.path),
    links: toColumns(links),
  };
}

function toColumns(links: readonly Link[]): VisibleBodies["links"] {
  return {
    layer: Int32Array.from(links, ({ node }) => node.layer),
    entry: Int32Array.from(links, ({ node }) => node.entry),
    body: Int32Array.from(links, ({ body }) => body),
  };
}
