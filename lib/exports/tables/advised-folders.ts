import type { AdvisedFolder } from "#lib/model/advised-folders.ts";
import { type Columns, column } from "../table.ts";

/** What could go, by folder or by store item. The row without a name has the files directly in the folder. */
export const FOLDER_COLUMNS = {
  path: column("Folder", "path", ({ path }) => path),
  name: column("Name", "text", ({ name }) => name),
  bytes: column("Content", "bytes", ({ bytes }) => bytes),
  listed: column("Listed", "bytes", ({ listed }) => listed),
  selected: column("Selected", "bytes", ({ selected }) => selected),
} satisfies Columns<AdvisedFolder>;
