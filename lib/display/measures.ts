/** What a page calls a number, and what the number is. The names are those of the JSON and CSV; they never change. */
export interface Measure {
  readonly label: string;
  /** One sentence or two: shown on hover and focus, and in full on the page about the numbers. */
  readonly definition: string;
  readonly group: MeasureGroup;
}

export type MeasureGroup = "layer" | "image" | "node" | "set";

export const MEASURES = {
  downloadSize: {
    label: "Download",
    group: "layer",
    definition: "Bytes of the layer blobs as a registry stores and sends them, compressed or not.",
  },
  tarSize: {
    label: "Tar",
    group: "layer",
    definition: "Bytes of the uncompressed tar stream, headers and padding included.",
  },
  contentSize: {
    label: "Content",
    group: "layer",
    definition:
      "Sum of the regular-file bodies in the layer's tar. A hard link has no body and adds nothing; a sparse file counts the bytes stored.",
  },
  layersContentSize: {
    label: "In layers",
    group: "image",
    definition: "Sum of the content of all the image's layers: what a disk holds when no layer is shared.",
  },
  rootfsSize: {
    label: "Visible",
    group: "image",
    definition:
      "Sum of the regular files a container sees, after every layer and whiteout is applied. Names that are hard links of one body count once.",
  },
  wastedSize: {
    label: "Wasted",
    group: "image",
    definition:
      "Bytes shipped in some layer that no container can see, because a higher layer deletes or replaces them: in layers minus visible.",
  },
  selfSize: {
    label: "Self",
    group: "node",
    definition:
      "Bytes of this node alone: a store item's NAR size, or the visible files that belong to a component. Over all components of an image they add up to the visible bytes, exactly.",
  },
  closureSize: {
    label: "Closure",
    group: "node",
    definition:
      "Self sizes of everything reachable from here, the start included: what must be present for it to work.",
  },
  retainedSize: {
    label: "Retained",
    group: "node",
    definition:
      "Bytes that would leave if this node went: self sizes over everything that is reached only through it (its dominator subtree). nix-tree calls it added size.",
  },
  referenceCount: {
    label: "References",
    group: "node",
    definition:
      "How many nodes this one refers to directly. A store item that names itself counts itself, as in nix-store -q --references.",
  },
  referrerCount: {
    label: "Referrers",
    group: "node",
    definition: "How many nodes refer to this one directly, itself included where it names itself.",
  },
  unshared: {
    label: "Unshared",
    group: "set",
    definition: "What the images need when nothing is shared: the sum of their layers' content, image by image.",
  },
  layer: {
    label: "Shared by layer",
    group: "set",
    definition: "What they need when every layer is kept once, by its DiffID, in whatever order images stack it.",
  },
} as const satisfies Record<string, Measure>;

export type MeasureName = keyof typeof MEASURES;

/** The heading and order in which the page about the numbers shows the measures. */
export const MEASURE_GROUPS: readonly { group: MeasureGroup; title: string }[] = [
  { group: "layer", title: "One layer" },
  { group: "image", title: "One image" },
  { group: "node", title: "One node of a graph" },
  { group: "set", title: "Sharing within a set" },
];
