import type { MeasuredNode } from "#lib/model/closure-answer.ts";
import { toRootReasonName } from "#lib/model/root-reason.ts";
import { containsPattern, type Queryable } from "./queryable.ts";

export type NodeSort = "retained" | "closure" | "self" | "references" | "referrers" | "name";

export interface NodeFilter {
  readonly text?: string;
  readonly kinds?: readonly string[];
  readonly sort?: NodeSort;
  readonly direction?: "asc" | "desc";
  /** Bytes (in an SBOM, components) that a node retains at least. */
  readonly minRetained?: number;
  /** Only these nodes, by index. */
  readonly among?: readonly number[] | undefined;
  readonly limit: number;
  /** Rows before the first one listed. */
  readonly offset?: number;
}

/** A measured node and its index in the artifact's graph. */
export interface NodeRow extends MeasuredNode {
  readonly nodeIndex: number;
}

/** Number of all matches, shown or not, and the sum of their self sizes. */
interface Total {
  readonly matching: number;
  readonly matchingSelfSize: number;
}

export interface NodeList extends Total {
  readonly rows: readonly NodeRow[];
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

/** Of node `n` and its component `c`. */
export const NODE_ID = "c.identity || CASE n.instance_path WHEN '' THEN '' ELSE '#' || n.instance_path END";

export const NODE_COLUMNS = `n.node_index AS "nodeIndex", ${NODE_ID} AS id,
  c.kind, c.name, c.version, n.self_size AS "selfSize", n.closure_size AS "closureSize", n.retained_size AS "retainedSize",
  n.reference_count AS "referenceCount", n.referrer_count AS "referrerCount", n.live, n.root, n.root_reason AS reason`;

const FILTER = `n.artifact_id = $1 AND ($2 = '' OR c.name ILIKE $3 OR c.identity ILIKE $3)
  AND (cardinality($4::text[]) = 0 OR c.kind = ANY($4)) AND n.retained_size >= $5
  AND ($6::int[] IS NULL OR n.node_index = ANY($6))`;

/** Nodes of one artifact by name, kind and order, with the count and bytes of all matches. */
export async function listNodes(db: Queryable, artifactId: number, filter: NodeFilter): Promise<NodeList> {
  const { text = "", kinds = [], minRetained = 0, sort = "retained", among } = filter;
  const isNamed = text !== "" || kinds.length > 0 || among !== undefined;
  const values = [artifactId, text, containsPattern(text), kinds, minRetained, among ?? null];
  const [rows, total] = await Promise.all([
    isNamed || sort === "name" ? listMatching(db, values, filter) : listMeasured(db, artifactId, filter),
    isNamed ? totalOfMatching(db, values) : totalOfAll(db, artifactId, minRetained),
  ]);
  return { rows: rows.map(toNodeRow), ...total };
}

function orderOf({ sort = "retained", direction = "desc" }: NodeFilter): string {
  return `${SORT_COLUMNS[sort]} ${direction === "asc" ? "ASC" : "DESC"}, n.node_index`;
}

// The rows of a page are chosen by their indexes alone, so that a sort of 100,000 rows has no names of 200 bytes to move.
function pageQuery(chosen: string, order: string): string {
  return `SELECT ${NODE_COLUMNS} FROM (${chosen}) p JOIN node n ON n.artifact_id = $1 AND n.node_index = p.node_index
    JOIN component c ON c.id = n.component_id ORDER BY ${order}`;
}

async function listMatching(db: Queryable, values: unknown[], filter: NodeFilter): Promise<NodeRecord[]> {
  const order = orderOf(filter);
  const chosen = `SELECT n.node_index FROM node n JOIN component c ON c.id = n.component_id WHERE ${FILTER} ORDER BY ${order} LIMIT $7 OFFSET $8`;
  const { rows } = await db.query<NodeRecord>(pageQuery(chosen, order), [...values, filter.limit, filter.offset ?? 0]);
  return rows;
}

// Without a filter by name, the order needs no component.
async function listMeasured(db: Queryable, artifactId: number, filter: NodeFilter): Promise<NodeRecord[]> {
  const { minRetained = 0, limit, offset = 0 } = filter;
  const order = orderOf(filter);
  const chosen = `SELECT n.node_index FROM node n WHERE n.artifact_id = $1 AND n.retained_size >= $2 ORDER BY ${order} LIMIT $3 OFFSET $4`;
  const { rows } = await db.query<NodeRecord>(pageQuery(chosen, order), [artifactId, minRetained, limit, offset]);
  return rows;
}

const TOTAL = `count(*) AS matching, coalesce(sum(n.self_size), 0) AS "matchingSelfSize" FROM node n`;

// Without a filter the names are not needed: skip the join over a store's 100,000 components.
async function totalOfAll(db: Queryable, artifactId: number, minRetained: number): Promise<Total> {
  const { rows } = await db.query<Total>(`SELECT ${TOTAL} WHERE artifact_id = $1 AND retained_size >= $2`, [
    artifactId,
    minRetained,
  ]);
  return rows[0]!;
}

async function totalOfMatching(db: Queryable, values: unknown[]): Promise<Total> {
  const { rows } = await db.query<Total>(
    `SELECT ${TOTAL} JOIN component c ON c.id = n.component_id WHERE ${FILTER}`,
    values,
  );
  return rows[0]!;
}

/** A node as sent, with the stored number of its reason. */
export type NodeRecord = NodeRow & { readonly reason: number | null };

export function toNodeRow({ reason, ...node }: NodeRecord): NodeRow {
  const rootReason = toRootReasonName(reason);
  return rootReason === undefined ? node : { ...node, rootReason };
}
