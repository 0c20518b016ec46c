import type { LayerDeed, LayerShow } from "#lib/model/layer-files.ts";

export const SHOW_LABELS: Readonly<Record<LayerShow, string>> = {
  added: "Added",
  changed: "Changed",
  same: "Same content again",
  removed: "Removed",
  hidden: "Hidden later",
};

export const SHOW_DEFINITIONS: Readonly<Record<LayerShow, string>> = {
  added: "Bytes of the files whose path no layer below has.",
  changed: "Bytes of the files that replace one of a layer below.",
  same: "Changed files with the content that they had: only mode, owner or time are new.",
  removed: "Bytes of lower layers that no container sees because this layer removes their files.",
  hidden: "Bytes of this layer that no container sees, because a layer above removes or replaces their files.",
};

export const DEED_WORDS: Readonly<Record<LayerDeed, string>> = {
  added: "added",
  changed: "changed",
  removed: "removed",
  kept: "was there",
};
