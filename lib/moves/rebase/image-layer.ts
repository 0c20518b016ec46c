import type { FileNode } from "#lib/model/file-tree.ts";
import type { RebaseSides } from "./sides.ts";

/** Whether a name of the rebased tree is from one of the image's own layers. */
export function isUpper({ newBaseLayers }: RebaseSides, { layer }: Pick<FileNode, "layer">): boolean {
  return layer >= newBaseLayers;
}

/** The layer of a name of the rebased tree, as a position in the image as it is now; `undefined` for one of the new base. */
export function toImageLayer(sides: RebaseSides, node: Pick<FileNode, "layer">): number | undefined {
  return isUpper(sides, node) ? node.layer - sides.newBaseLayers + sides.oldBaseLayers : undefined;
}
