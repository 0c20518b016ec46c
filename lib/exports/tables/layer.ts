import { ENTRY_KIND_NAMES } from "#lib/model/layer.ts";
import type { LayerFile } from "#lib/model/layer-files.ts";
import { type Columns, column } from "../table.ts";

export const LAYER_FILE_COLUMNS = {
  path: column("Path", "path", ({ path }) => path),
  kind: column("Kind", "text", ({ kind }) => ENTRY_KIND_NAMES[kind] ?? ""),
  bytes: column("Bytes", "bytes", ({ bytes }) => bytes),
  inLayer: column("In this layer", "text", ({ deed }) => deed),
  from: column("From layer", "count", ({ from }) => (from < 0 ? null : from)),
  sameContent: column("Same content", "text", ({ isSameContent }) => isSameContent),
  hiddenBy: column("Hidden by", "count", ({ hiddenBy }) => (hiddenBy < 0 ? null : hiddenBy)),
  hiddenBytes: column("Hidden bytes", "bytes", ({ hiddenBytes }) => hiddenBytes, { measure: "wastedSize" }),
  target: column("Target", "path", ({ target }) => (target === "" ? null : target)),
} satisfies Columns<LayerFile>;
