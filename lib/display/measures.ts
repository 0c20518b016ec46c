/** A number's label on pages, and its definition. */
export interface Measure {
  readonly label: string;
  /** One or two sentences: shown on hover and focus, and in the glossary. */
  readonly definition: string;
}

type Measures = Readonly<Record<string, Measure>>;

const LAYER = {
  downloadSize: {
    label: "Download",
    definition:
      "Bytes of the layer blobs as a registry stores and sends them, or of the NARs in a binary cache, compressed or not. Unknown if the source stores its layers as plain tars, as docker save does, or is a store.",
  },
  tarSize: {
    label: "Tar",
    definition: "Bytes of the uncompressed tar stream, headers and padding included.",
  },
  contentSize: {
    label: "Content",
    definition:
      "Sum of the regular-file bodies in the layer's tar. A hard link has no body and adds nothing; a sparse file counts the bytes stored.",
  },
} as const satisfies Measures;

const IMAGE = {
  layersContentSize: {
    label: "In layers",
    definition: "Sum of the content of all the image's layers: what a disk needs if no layer is shared.",
  },
  rootfsSize: {
    label: "Visible",
    definition:
      "Sum of the regular files a container sees, after all layers and whiteouts are applied. Hard links to one body count once.",
  },
  wastedSize: {
    label: "Wasted",
    definition:
      "Bytes in a layer that no container can see, because a higher layer deletes or replaces them: in layers minus visible.",
  },
  onlyHere: {
    label: "Only here",
    definition:
      "Bytes of the layers that no other image here has on the same base: what a disk frees if this image is deleted.",
  },
} as const satisfies Measures;

const NODE = {
  selfSize: {
    label: "Self",
    definition:
      "Bytes of this node alone: a store item's NAR size, or the visible files that belong to a component. Over all components of an image they add up to the visible bytes, exactly.",
  },
  closureSize: {
    label: "Closure",
    definition:
      "Self sizes of everything reachable from this node, itself included: what must be present for it to work.",
  },
  retainedSize: {
    label: "Retained",
    definition:
      "Bytes freed by removing this node: the self sizes of everything reached only through it (its dominator subtree). nix-tree calls it added size.",
  },
  closureCount: {
    label: "Needs in all",
    definition: "Components that this one needs, directly or not, itself included. For SBOMs, which state no sizes.",
  },
  retainedCount: {
    label: "Keeps",
    definition:
      "Components that nothing else in the SBOM needs: they go with this one, itself included (its dominator subtree).",
  },
  referenceCount: {
    label: "References",
    definition:
      "Number of nodes that this one refers to directly. A store item that refers to itself counts itself, as in nix-store -q --references.",
  },
  referrerCount: {
    label: "Referrers",
    definition: "Number of nodes that refer to this one directly, itself included if it refers to itself.",
  },
} as const satisfies Measures;

const SET = {
  unshared: {
    label: "Unshared",
    definition: "Bytes needed if nothing is shared: the sum of all layers' content, image by image.",
  },
  chain: {
    label: "Shared by chain",
    definition:
      "Bytes needed on a disk: a layer is stored once per ChainID, because overlay2 and containerd share it only if all layers below it are the same. A store item counts once.",
  },
  layer: {
    label: "Shared by layer",
    definition: "Bytes needed if every layer is stored once, by its DiffID, in whatever order images stack it.",
  },
  layerFloor: {
    label: "Floor of layers",
    definition:
      "Each file counts once for the same content, names (all hard links), mode, owner, extended attributes and time: no cut into layers that hide nothing needs less and keeps the trees.",
  },
  live: {
    label: "Live",
    definition: "Shared by layer, without the bytes that are hidden in every image of the set.",
  },
  package: {
    label: "Shared by package",
    definition:
      "Each file of a package counts once for the same package, path and content; each other file once for its layer and path; each store item once. What a Guix or Nix store needs, or layers split by package. It can be more than layers need.",
  },
  file: {
    label: "Shared by file",
    definition:
      "Each file content counts once, by its SHA-256: what composefs, ostree, zstd:chunked or a store with deduplicated files need.",
  },
  chunk: {
    label: "Shared by chunk",
    definition:
      "Each content-defined chunk (FastCDC; by default at least 16, on average 64 and at most 256 KiB) counts once: what casync, attic or Nydus need. Estimated if some files were never cut into chunks.",
  },
  blob: {
    label: "Shared by blob",
    definition:
      "Bytes to download if every blob is stored once, by its digest. Only for sets with an image that is known by its manifest alone: their unshared, chain and layer are bytes of downloads too.",
  },
  orderPenalty: {
    label: "Order penalty",
    definition:
      "Chain minus layer: bytes that a disk stores more than once because equal layers are on different bases.",
  },
  marginal: {
    label: "Marginal",
    definition: "Bytes that this artifact adds on a host that already has the others of the set.",
  },
  downloadLadder: {
    label: "Download",
    definition:
      "Bytes on the wire. Blobs, and the NARs of a binary cache, are measured; parts of them are estimated, assuming that they compress like the whole. Unknown if a source stores its layers uncompressed, or is a store.",
  },
  union: {
    label: "Together",
    definition: "Bytes of everything in any of the artifacts, each unit once: the sum of all intersections.",
  },
  cell: {
    label: "Intersection",
    definition:
      "Content of exactly these artifacts and of no other in the set. All intersections add up to the union, exactly.",
  },
  sharedBytes: {
    label: "Shared",
    definition: "Bytes of the units that two artifacts have in common, whether or not others have them too.",
  },
  jaccard: {
    label: "Jaccard index",
    definition:
      "Shared bytes of two artifacts, divided by the bytes of both together: 100% if they are equal, 0% if they have nothing in common.",
  },
  aligned: {
    label: "Saved if aligned",
    definition:
      "Bytes saved at least if all artifacts of the set had the same version of this component. Bytes that its versions already share are not counted.",
  },
} as const satisfies Measures;

const TWO = {
  delta: {
    label: "Difference",
    definition:
      "Bytes on the right minus bytes on the left. The rows' differences add up to that of the totals, exactly.",
  },
  changedBytes: {
    label: "Changed",
    definition: "Bytes of a component that differs between the two, on its larger side. 0 if it is the same.",
  },
  retainedChange: {
    label: "Changed below",
    definition:
      "Changed bytes that are reached only through this component, its own included, in the united graph: what was added or removed because of it.",
  },
  changesBelow: {
    label: "Changes below",
    definition:
      "Changed components that are reached only through this one, itself included, in the united graph. For SBOMs, which state no sizes.",
  },
} as const satisfies Measures;

const LINEAGE = {
  baseSharedBytes: {
    label: "Shared with its base",
    definition: "Content of the lowest layers that an image has in common with the image that it is built on.",
  },
  storeAgain: {
    label: "Stored again",
    definition:
      "Content of the layers above the base, which a rebuild makes anew because each layer’s place on a disk depends on those below it. Estimated from today’s layers.",
  },
  pullAgain: {
    label: "Pull, each host",
    definition:
      "Download of the layers above the base, for a host that has the new base already. Estimated from today’s layers; unknown if the source stores its layers uncompressed.",
  },
} as const satisfies Measures;

const REMOVAL = {
  freedBytes: {
    label: "Frees",
    definition:
      "Bytes of everything that this class claims. Other classes may claim some of them, too: a translated manual is documentation and a translation.",
  },
  ownBytes: {
    label: "Counted here",
    definition:
      "Those that no larger class on the list claims. Each byte counts once, in the largest class that claims it, so these add up to the sum of all rows, exactly.",
  },
  metadataCopies: {
    label: "Copies with changed metadata",
    definition:
      "Hidden files that the next layer with their path ships again with the same content, as RUN chown does.",
  },
  wasted: {
    label: "Hidden by a later layer",
    definition: "File bodies in a layer that no container sees, because a later layer deletes or replaces them.",
  },
  caches: {
    label: "Caches",
    definition: "Files in the cache folders of package managers and build tools, which they create again on demand.",
  },
  documentation: {
    label: "Documentation",
    definition: "Visible files below share/doc, man, info and similar folders. Licence texts are not counted.",
  },
  locales: {
    label: "Translations",
    definition: "Visible files below share/locale, share/i18n and lib/locale. C.UTF-8 is not counted.",
  },
  byteCode: {
    label: "Byte code",
    definition: "Compiled Python files whose source is in the image, too: Python creates them again.",
  },
  staticLibraries: {
    label: "Static libraries",
    definition: "Archives (.a, .rlib) that only a compiler reads.",
  },
  tests: {
    label: "Tests",
    definition: "Files in the test folders of installed Python, npm and Ruby packages.",
  },
  unreached: {
    label: "Needed by no root",
    definition:
      "Components that nothing installed explicitly needs. In a store: the dead paths, which the garbage collector deletes.",
  },
  versions: {
    label: "Several versions",
    definition: "Components that are there in more than one version: all versions but the largest.",
  },
  ecosystems: {
    label: "From two ecosystems",
    definition:
      "Libraries that are there as a distribution's package and from their own ecosystem, as node-lodash and npm's lodash: the smaller of the two. Only names that the distribution's naming policy defines are matched.",
  },
  unneeded: {
    label: "Not needed to run",
    definition:
      "Components that nothing needs of what was chosen to run, by recorded references. Files that no package owns and the data of package managers are never counted, because nothing records what needs them.",
  },
  duplicates: {
    label: "Duplicates",
    definition: "Visible files with equal content, all but one of each.",
  },
} as const satisfies Measures;

/** By the keys of the JSON and CSV, which never change. */
export const MEASURES = { ...LAYER, ...IMAGE, ...NODE, ...SET, ...TWO, ...LINEAGE, ...REMOVAL };

export type MeasureName = keyof typeof MEASURES;

export function isMeasure(name: string): name is MeasureName {
  return Object.hasOwn(MEASURES, name);
}

/** The sections of the glossary. */
export const MEASURE_GROUPS: readonly { readonly title: string; readonly measures: Measures }[] = [
  { title: "One layer", measures: LAYER },
  { title: "One image", measures: IMAGE },
  { title: "One node of a graph", measures: NODE },
  { title: "Sharing within a set", measures: SET },
  { title: "Two artifacts", measures: TWO },
  { title: "Images and their bases", measures: LINEAGE },
  { title: "What can be removed", measures: REMOVAL },
];
