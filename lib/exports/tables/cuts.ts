import type { CutEdge } from "#lib/model/edge-cut.ts";
import { type Columns, column } from "../table.ts";

/** The edges of a cut. */
export const CUT_EDGE_COLUMNS = {
  from: column("From", "text", ({ from }) => from.name),
  to: column("To", "text", ({ to }) => to.name),
  evidence: column("Known", "text", ({ evidence }) => evidence),
} satisfies Columns<CutEdge>;
