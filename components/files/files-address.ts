import { defineAddress, parameter, type ValuesOf } from "#lib/display/address.ts";
import { IMAGE_FILE_SORTS } from "#lib/model/image-files.ts";

/** More than any image that can be scanned has. */
const MAX_ROW = 10_000_000;
const MAX_LAYER = 10_000;

/** The query of the page of all files of an image, and of the route of its rows. */
export const filesAddress = defineAddress({
  q: parameter.text,
  layer: parameter.integer(0, MAX_LAYER),
  show: parameter.oneOf(["hidden"]),
  sort: parameter.oneOf(IMAGE_FILE_SORTS, "bytes"),
  direction: parameter.direction,
  row: parameter.integer(0, MAX_ROW, 0),
});

export type FilesParams = ValuesOf<typeof filesAddress>;

/** Names and numbers of layers begin with the lowest, sizes with the largest. */
export function filesDirection({ sort, direction }: FilesParams): "asc" | "desc" {
  return direction ?? (sort === "bytes" || sort === "waste" ? "desc" : "asc");
}

export function toFileFilter(params: FilesParams) {
  const { q, layer, show, sort, row } = params;
  return { text: q, layer, hidden: show === "hidden", sort, direction: filesDirection(params), offset: row };
}
