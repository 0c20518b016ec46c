import type { UpdateFigure, UpdateModel } from "#lib/model/update-cost.ts";
import { formatBytes } from "./bytes.ts";

/** Short, as in a table. */
export const UPDATE_MODEL_LABELS: Readonly<Record<UpdateModel, string>> = {
  layers: "Layers, as built",
  "changed-layers": "Layers that differ",
  rebase: "Rebase",
  package: "Layers by package",
  "input-addressed": "Store, by inputs",
  grafts: "Store, with grafts",
  "content-addressed": "Store, by content",
  file: "Files",
  chunk: "Chunks",
};

export const UPDATE_MODEL_DEFINITIONS: Readonly<Record<UpdateModel, string>> = {
  layers:
    "Every layer from the lowest that changes upwards, since a build cache and a disk know a layer by all that is below it.",
  "changed-layers": "Only layers with another DiffID: what remains if a build gives equal layers for equal inputs.",
  rebase:
    "The new base under the layers of the old image. A disk stores these again on other layers, but nobody pulls them. A layer that merges package databases is not counted.",
  package: "Files by package, path and content, as if each package were a layer.",
  "input-addressed":
    "What changed and everything that needs it, directly or through others: a Nix or Guix store names an item by all its inputs, so all of these are other items. For a library that most of an image needs, that is most of the image.",
  grafts:
    "The same items are stored, but a host makes them itself by rewriting references: only what changed is pulled.",
  "content-addressed":
    "Items with other contents. References of a store item to its dependencies are not counted as contents.",
  file: "File contents that were not there before, each once.",
  chunk: "Chunks that were not there before, each once; files that were never cut count whole.",
};

/** Whether a store by inputs is worse than layers, and by how much; "" if one of them is not known. */
export function storeAgainstLayersWords(models: readonly UpdateFigure[]): string {
  const bytesOf = (model: UpdateModel) => models.find((figure) => figure.model === model)?.storeBytes ?? null;
  const [store, layers] = [bytesOf("input-addressed"), bytesOf("layers")];
  if (store === null || layers === null) return "";
  if (store === layers) return "With a store by inputs, as much has to be stored again as with layers.";
  const difference = formatBytes(Math.abs(store - layers));
  return store > layers
    ? `A store by inputs is worse here: ${difference} more to store again than with layers.`
    : `With a store by inputs, ${difference} less has to be stored again than with layers.`;
}
