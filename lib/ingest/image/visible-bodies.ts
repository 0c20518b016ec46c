import type { FileBody, FileNode } from "#lib/model/file-tree.ts";
import type { VisibleBodies } from "#lib/model/snapshot.ts";

interface Link {
  readonly node: FileNode;
  readonly body: number;
}

/** Every body that some name leads to, each once, with its first name in path order; and the names that are hard links. */
export function findVisibleBodies(
  names: readonly FileNode[],
  ownerOf: (node: FileNode) => number | undefined,
): VisibleBodies {
  const rows = new Map<FileBody, number>();
  const firstNames: FileNode[] = [];
  const links: Link[] = [];
  for (const node of names) {
    if (node.body === undefined) continue;
    const row = rows.get(node.body) ?? firstNames.length;
    rows.set(node.body, row);
    const first = firstNames[row];
    if (first === undefined || node.path < first.path) firstNames[row] = node;
    if (node.entry !== node.body.entry || node.layer !== node.body.layer) links.push({ node, body: row });
  }
  const bodies = [...rows.keys()];
  return {
    count: bodies.length,
    layer: Int32Array.from(bodies, (body) => body.layer),
    entry: Int32Array.from(bodies, (body) => body.entry),
    byteCount: Float64Array.from(bodies, (body) => body.byteCount),
    owner: Int32Array.from(firstNames, (node) => ownerOf(node) ?? -1),
    path: firstNames.map((node) => node.path),
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
