import type { ImageFile } from "#lib/model/image-files.ts";
import { type Columns, column } from "../table.ts";

interface NamedFile extends ImageFile {
  readonly ownerName: { readonly name: string } | undefined;
}

/** All files of all layers of an image. */
export const IMAGE_FILE_COLUMNS = {
  path: column("Path", "path", ({ path }) => `/${path}`),
  bytes: column("Bytes", "bytes", ({ bytes }) => bytes),
  owner: column("Belongs to", "text", ({ ownerName }) => ownerName?.name ?? null),
  layer: column("Layer", "count", ({ layer }) => layer),
  waste: column("Waste", "bytes", ({ waste }) => waste, { measure: "wastedSize" }),
  hiddenBy: column("Hidden by", "count", ({ hiddenBy }) => hiddenBy),
} satisfies Columns<NamedFile>;
