import type { EntryKind } from "#lib/model/layer.ts";
import type { Queryable } from "./queryable.ts";

export interface ItemFile {
  readonly nodeIndex: number;
  readonly name: string;
  readonly version: string;
  readonly kind: EntryKind;
  readonly executable: boolean;
  readonly byteCount: number;
  readonly target: string;
  /** -1 and "" without a body. */
  readonly contentId: number;
  readonly digest: string;
}

/** One name inside a store item of a closure; `undefined` if there is none, or the item's files were not read. */
export async function getItemFile(
  db: Queryable,
  artifactId: number,
  storePath: string,
  path: string,
): Promise<ItemFile | undefined> {
  const { rows } = await db.query<ItemFile>(
    `SELECT n.node_index AS "nodeIndex", c.name, c.version, f.kind, f.executable, f.byte_count AS "byteCount",
       coalesce(f.target, '') AS target, coalesce(f.content_id, -1) AS "contentId",
       coalesce('sha256:' || encode(b.sha256, 'hex'), '') AS digest
     FROM component c JOIN node n ON n.component_id = c.id AND n.artifact_id = $1
     JOIN store_file f ON f.component_id = c.id AND f.path = $3
     LEFT JOIN content b ON b.id = f.content_id
     WHERE c.identity = $2`,
    [artifactId, storePath, path],
  );
  return rows[0];
}
