import type { KeptMember } from "#lib/model/kept-tree.ts";
import { type Columns, column } from "../table.ts";
import { COUNT_COLUMNS, NODE_COLUMNS } from "./closure.ts";

const { id, kind, name, version, selfSize, retainedSize } = NODE_COLUMNS;

const TREE = {
  keptCount: column("Keeps", "count", ({ keptCount }: KeptMember) => keptCount),
  depth: column("Depth", "count", ({ depth }: KeptMember) => depth),
  keptBy: column("Kept by", "path", ({ keptBy }: KeptMember) => keptBy),
  cycle: column("Cycle", "count", ({ cycle }: KeptMember) => cycle ?? null),
} satisfies Columns<KeptMember>;

/** All nodes of a dominator tree, or of one subtree, in preorder. */
export const KEPT_COLUMNS: Columns<KeptMember> = { id, kind, name, version, selfSize, retainedSize, ...TREE };
/** Of an SBOM, whose sizes count components. */
export const COUNTED_KEPT_COLUMNS: Columns<KeptMember> = {
  id,
  kind,
  name,
  version,
  retainedCount: COUNT_COLUMNS.retainedCount,
  ...TREE,
};
