import type { MeasuredNode } from "#lib/model/closure-answer.ts";
import type { EvidenceName } from "#lib/model/overview.ts";
import { type Columns, column } from "../table.ts";

/** One statement of an edge. */
export interface EdgeRow {
  readonly from: MeasuredNode;
  readonly to: MeasuredNode;
  readonly evidence: EvidenceName;
  readonly detail: string;
}

/** The edges of a whole graph, for files. */
export const EDGE_COLUMNS = {
  from: column("From", "path", ({ from }) => from.id),
  fromName: column("From name", "text", ({ from }) => from.name),
  fromVersion: column("From version", "digest", ({ from }) => from.version),
  to: column("To", "path", ({ to }) => to.id),
  toName: column("To name", "text", ({ to }) => to.name),
  toVersion: column("To version", "digest", ({ to }) => to.version),
  evidence: column("Known", "text", ({ evidence }) => evidence),
  detail: column("Detail", "text", ({ detail }) => detail),
} satisfies Columns<EdgeRow>;
