import { rootClassWords } from "#lib/display/root-class-words.ts";
import type { RootClass } from "#lib/model/root-class.ts";
import { type Column, type Columns, column } from "../table.ts";

const KEPT_BY: Column<RootClass> = column("Kept by", "path", ({ roots }) => roots.map(({ id }) => id).join(" "), {
  shown: rootClassWords,
});
const ROOTS: Column<RootClass> = column("Roots", "count", ({ rootCount }) => rootCount);
const NODES: Column<RootClass> = column("Nodes", "count", ({ nodes }) => nodes);
const SHARE: Column<RootClass> = column("Share", "share", ({ share }) => share);

export const CLASS_COLUMNS = {
  size: column("Self", "bytes", ({ size }) => size, { measure: "selfSize" }),
  share: SHARE,
  nodes: NODES,
  rootCount: ROOTS,
  live: column("Live", "text", ({ live }) => `${live}`),
  roots: KEPT_BY,
} satisfies Columns<RootClass>;

/** Of an SBOM, whose sizes count components. */
export const COUNTED_CLASS_COLUMNS = {
  nodes: NODES,
  share: SHARE,
  rootCount: ROOTS,
  roots: KEPT_BY,
} satisfies Columns<RootClass>;
