/** What a page calls a number, and what the number is. The names are those of the JSON and CSV; they never change. */
export interface Measure {
  readonly label: string;
  /** One sentence or two: shown on hover and focus, and in full on the page about the numbers. */
  readonly definition: string;
  readonly group: MeasureGroup;
}

export type MeasureGroup = "layer" | "image" | "node" | "set" | "two";

export const MEASURES = {
  downloadSize: {
    label: "Download",
    group: "layer",
    definition:
      "Bytes of the layer blobs as a registry stores and sends them, compressed or not. Not known where the source stores its layers as plain tars, as docker save does.",
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
  onlyHere: {
    label: "Only here",
    group: "image",
    definition:
      "Bytes of the layers that no other image here has on the same layers: what a disk gets back when this image is deleted.",
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
  chain: {
    label: "Shared by chain",
    group: "set",
    definition:
      "What a disk needs: a layer is kept once for each ChainID, because overlay2 and containerd share it only where everything under it is the same. A store item counts once.",
  },
  layer: {
    label: "Shared by layer",
    group: "set",
    definition: "What they need when every layer is kept once, by its DiffID, in whatever order images stack it.",
  },
  live: {
    label: "Live",
    group: "set",
    definition: "The same less the bytes that no image of the set can see: a squash of each.",
  },
  package: {
    label: "Shared by package",
    group: "set",
    definition:
      "Each file of a package counts once for the same package, path and content; each other file once for its layer and path; each store item once. What a Guix or Nix store keeps, or layers cut by package. It may need more than layers do, and is shown as it comes out.",
  },
  file: {
    label: "Shared by file",
    group: "set",
    definition:
      "Each file content counts once, by its SHA-256: what composefs, ostree, zstd:chunked or a store with deduplicated files keep.",
  },
  chunk: {
    label: "Shared by chunk",
    group: "set",
    definition:
      "Each content-defined chunk (FastCDC; by default at least 16, on average 64 and at most 256 KiB) counts once: what casync, attic or Nydus keep. Estimated where some files were never cut.",
  },
  orderPenalty: {
    label: "Order penalty",
    group: "set",
    definition: "Chain minus layer: bytes a disk keeps more than once because equal layers stand on different ones.",
  },
  marginal: {
    label: "Marginal",
    group: "set",
    definition: "Bytes that this artifact adds for a host which already has all the others of the set.",
  },
  downloadLadder: {
    label: "Download",
    group: "set",
    definition:
      "Bytes on the wire. All blobs and distinct blobs are measured; what is cut finer is estimated at each layer's own compression. Not known where a source stores its layers uncompressed.",
  },
  union: {
    label: "Together",
    group: "set",
    definition: "Bytes of everything that any of them holds, each unit once: the sum of all cells.",
  },
  cell: {
    label: "Cell",
    group: "set",
    definition: "What exactly these artifacts hold and no other of the set does. Cells add up to the union, exactly.",
  },
  sharedBytes: {
    label: "Shared",
    group: "set",
    definition: "Bytes of the units that both of two artifacts hold, whoever else does.",
  },
  jaccard: {
    label: "Jaccard index",
    group: "set",
    definition: "Bytes that both hold over the bytes of both together: 100% is the same, 0% nothing in common.",
  },
  aligned: {
    label: "Saved if aligned",
    group: "set",
    definition:
      "Bytes saved at least if every artifact of the set had one version of the name, whichever is kept. What the versions share anyway is not counted.",
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
    definition: "Bytes of a component that differs between the two: those of its larger side. 0 where it is the same.",
  },
  retainedChange: {
    label: "Changed under it",
    group: "two",
    definition:
      "Changed bytes that only this component leads to, its own included, in both graphs laid over each other: what came or went on its account.",
  },
} as const satisfies Record<string, Measure>;

export type MeasureName = keyof typeof MEASURES;

/** The heading and order in which the page about the numbers shows the measures. */
export const MEASURE_GROUPS: readonly { group: MeasureGroup; title: string }[] = [
  { group: "layer", title: "One layer" },
  { group: "image", title: "One image" },
  { group: "node", title: "One node of a graph" },
  { group: "set", title: "Sharing within a set" },
  { group: "two", title: "Two artifacts" },
];
