/** A number's label on pages, and its definition. The keys are those of the JSON and CSV; they never change. */
export interface Measure {
  readonly label: string;
  /** One or two sentences: shown on hover and focus, and in the glossary. */
  readonly definition: string;
  readonly group: MeasureGroup;
}

export type MeasureGroup = "layer" | "image" | "node" | "set" | "two";

export const MEASURES = {
  downloadSize: {
    label: "Download",
    group: "layer",
    definition:
      "Bytes of the layer blobs as a registry stores and sends them, compressed or not. Unknown if the source stores its layers as plain tars, as docker save does.",
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
    definition: "Sum of the content of all the image's layers: what a disk needs if no layer is shared.",
  },
  rootfsSize: {
    label: "Visible",
    group: "image",
    definition:
      "Sum of the regular files a container sees, after all layers and whiteouts are applied. Hard links to one body count once.",
  },
  wastedSize: {
    label: "Wasted",
    group: "image",
    definition:
      "Bytes in a layer that no container can see, because a higher layer deletes or replaces them: in layers minus visible.",
  },
  onlyHere: {
    label: "Only here",
    group: "image",
    definition:
      "Bytes of the layers that no other image here has on the same base: what a disk frees if this image is deleted.",
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
      "Self sizes of everything reachable from this node, itself included: what must be present for it to work.",
  },
  retainedSize: {
    label: "Retained",
    group: "node",
    definition:
      "Bytes freed by removing this node: the self sizes of everything reached only through it (its dominator subtree). nix-tree calls it added size.",
  },
  referenceCount: {
    label: "References",
    group: "node",
    definition:
      "Number of nodes that this one refers to directly. A store item that refers to itself counts itself, as in nix-store -q --references.",
  },
  referrerCount: {
    label: "Referrers",
    group: "node",
    definition: "Number of nodes that refer to this one directly, itself included if it refers to itself.",
  },
  unshared: {
    label: "Unshared",
    group: "set",
    definition: "Bytes needed if nothing is shared: the sum of all layers' content, image by image.",
  },
  chain: {
    label: "Shared by chain",
    group: "set",
    definition:
      "Bytes needed on a disk: a layer is stored once per ChainID, because overlay2 and containerd share it only if all layers below it are the same. A store item counts once.",
  },
  layer: {
    label: "Shared by layer",
    group: "set",
    definition: "Bytes needed if every layer is stored once, by its DiffID, in whatever order images stack it.",
  },
  live: {
    label: "Live",
    group: "set",
    definition: "Shared by layer, without the bytes that are hidden in every image of the set.",
  },
  package: {
    label: "Shared by package",
    group: "set",
    definition:
      "Each file of a package counts once for the same package, path and content; each other file once for its layer and path; each store item once. What a Guix or Nix store needs, or layers split by package. It can be more than layers need.",
  },
  file: {
    label: "Shared by file",
    group: "set",
    definition:
      "Each file content counts once, by its SHA-256: what composefs, ostree, zstd:chunked or a store with deduplicated files need.",
  },
  chunk: {
    label: "Shared by chunk",
    group: "set",
    definition:
      "Each content-defined chunk (FastCDC; by default at least 16, on average 64 and at most 256 KiB) counts once: what casync, attic or Nydus need. Estimated if some files were never cut into chunks.",
  },
  orderPenalty: {
    label: "Order penalty",
    group: "set",
    definition:
      "Chain minus layer: bytes that a disk stores more than once because equal layers are on different bases.",
  },
  marginal: {
    label: "Marginal",
    group: "set",
    definition: "Bytes that this artifact adds on a host that already has the others of the set.",
  },
  downloadLadder: {
    label: "Download",
    group: "set",
    definition:
      "Bytes on the wire. Blobs are measured; parts of blobs are estimated, assuming that they compress like their layer. Unknown if a source stores its layers uncompressed.",
  },
  union: {
    label: "Together",
    group: "set",
    definition: "Bytes of everything in any of the artifacts, each unit once: the sum of all intersections.",
  },
  cell: {
    label: "Intersection",
    group: "set",
    definition:
      "Content of exactly these artifacts and of no other in the set. All intersections add up to the union, exactly.",
  },
  sharedBytes: {
    label: "Shared",
    group: "set",
    definition: "Bytes of the units that two artifacts have in common, whether or not others have them too.",
  },
  jaccard: {
    label: "Jaccard index",
    group: "set",
    definition:
      "Shared bytes of two artifacts, divided by the bytes of both together: 100% if they are equal, 0% if they have nothing in common.",
  },
  aligned: {
    label: "Saved if aligned",
    group: "set",
    definition:
      "Bytes saved at least if all artifacts of the set had the same version of this component. Bytes that its versions already share are not counted.",
  },
  delta: {
    label: "Difference",
    group: "two",
    definition:
      "Bytes on the right minus bytes on the left. The rows' differences add up to that of the totals, exactly.",
  },
  changedBytes: {
    label: "Changed",
    group: "two",
    definition: "Bytes of a component that differs between the two, on its larger side. 0 if it is the same.",
  },
  retainedChange: {
    label: "Changed below",
    group: "two",
    definition:
      "Changed bytes that are reached only through this component, its own included, in the united graph: what was added or removed because of it.",
  },
} as const satisfies Record<string, Measure>;

export type MeasureName = keyof typeof MEASURES;

/** Headings and order of the measures in the glossary. */
export const MEASURE_GROUPS: readonly { group: MeasureGroup; title: string }[] = [
  { group: "layer", title: "One layer" },
  { group: "image", title: "One image" },
  { group: "node", title: "One node of a graph" },
  { group: "set", title: "Sharing within a set" },
  { group: "two", title: "Two artifacts" },
];
