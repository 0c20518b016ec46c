import type { MeasuredNode } from "#lib/model/answer.ts";
import type { ComponentKind } from "#lib/model/component.ts";
import { toRootReasonName } from "#lib/model/root-reason.ts";
import { containsPattern, type Queryable, toSafeInteger, toSafeSum } from "./queryable.ts";

export type NodeSort = "retained" | "closure" | "self" | "references" | "referrers" | "name";

export interface NodeFilter {
  readonly text?: string;
  readonly kinds?: readonly string[];
  readonly sort?: NodeSort;
  readonly direction?: "asc" | "desc";
  readonly limit: number;
}

/** A measured node and its index in the artifact's graph. */
export interface NodeRow extends MeasuredNode {
  readonly nodeIndex: number;
}

export interface NodeList {
  readonly rows: readonly NodeRow[];
  /** Number of all matches, shown or not, and the sum of their self sizes. */
  readonly matching: number;
  readonly matchingSelfSize: number;
}

// Sort keys come from a URL: only these constants reach the SQL text.
const SORT_COLUMNS: Readonly<Record<NodeSort, string>> = {
  retained: "n.retained_size",
  closure: "n.closure_size",
  self: "n.self_size",
  references: "n.reference_count",
  referrers: "n.referrer_count",
  name: "lower(c.name)",
};

export const NODE_COLUMNS = `n.node_index, c.identity || CASE n.instance_path WHEN '' THEN '' ELSE '#' || n.instance_path END AS id,
  c.kind, c.name, c.version, n.self_size, n.closure_size, n.retained_size, n.reference_count, n.referrer_count, n.live, n.root, n.root_reason`;

const FILTER = `n.artifact_id = $1 AND ($2 = '' OR c.name ILIKE $3 OR c.identity ILIKE $3)
  AND (cardinality($4::text[]) = 0 OR c.kind = ANY($4))`;

/** Nodes of one artifact by name, kind and order, with the count and bytes of all matches. */
export async function listNodes(db: Queryable, artifactId: number, filter: NodeFilter): Promise<NodeList> {
  const { text = "", kinds = [], sort = "retained", direction = "desc", limit } = filter;
  const values = [artifactId, text, containsPattern(text), kinds];
  const [rows, total] = await Promise.all([
    db.query<NodeRecord>(
      `SELECT ${NODE_COLUMNS} FROM node n JOIN component c ON c.id = n.component_id WHERE ${FILTER}
       ORDER BY ${SORT_COLUMNS[sort]} ${direction === "asc" ? "ASC" : "DESC"}, n.node_index LIMIT $5`,
      [...values, limit],
    ),
    text === "" && kinds.length === 0 ? totalOfAll(db, artifactId) : totalOfMatching(db, values),
  ]);
  return { rows: rows.rows.map(toNodeRow), ...total };
}

type Total = Pick<NodeList, "matching" | "matchingSelfSize">;

interface TotalRecord {
  matching: string;
  self_size: string | null;
}

// Without a filter the names are not needed: skip the join over a store's 100,000 components.
async function totalOfAll(db: Queryable, artifactId: number): Promise<Total> {
  const { rows } = await db.query<TotalRecord>(
    `SELECT count(*) AS matching, sum(self_size) AS self_size FROM node WHERE artifact_id = $1`,
    [artifactId],
  );
  return toTotal(rows[0]);
}

async function totalOfMatching(db: Queryable, values: unknown[]): Promise<Total> {
  const { rows } = await db.query<TotalRecord>(
    `SELECT count(*) AS matching, sum(n.self_size) AS self_size
     FROM node n JOIN component c ON c.id = n.component_id WHERE ${FILTER}`,
    values,
  );
  return toTotal(rows[0]);
}

function toTotal(record: TotalRecord | undefined): Total {
  return { matching: toSafeSum(record?.matching ?? null), matchingSelfSize: toSafeSum(record?.self_size ?? null) };
}

export interface NodeRecord {
  node_index: number;
  id: string;
  kind: ComponentKind;
  name: string;
  version: string;
  self_size: string;
  closure_size: string;
  retained_size: string;
  reference_count: number;
  referrer_count: number;
  live: boolean;
  root: boolean;
  root_reason: number | null;
}

export function toNodeRow(record: NodeRecord): NodeRow {
  const rootReason = toRootReasonName(record.root_reason);
  return {
    nodeIndex: record.node_index,
    id: record.id,
    kind: record.kind,
    name: record.name,
    version: record.version,
    selfSize: toSafeInteger(record.self_size),
    closureSize: toSafeInteger(record.closure_size),
    retainedSize: toSafeInteger(record.retained_size),
    referenceCount: record.reference_count,
    referrerCount: record.referrer_count,
    live: record.live,
    root: record.root,
    ...(rootReason === undefined ? {} : { rootReason }),
  };
}
