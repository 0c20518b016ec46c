/** The phases of a scan: it opens its source, then reads, measures and writes each image, or the store. */
export type ScanPhase = "opening" | "reading" | "measuring" | "writing";

/** The image being scanned: `index` from 0, `count` images in the source as far as known. */
export interface ImagePosition {
  readonly name: string;
  readonly index: number;
  readonly count: number;
}

/** One layer of the image being read. Known layers are in the database already. */
export interface LayerProgress {
  /** Bytes as stored. */
  readonly bytes: number;
  readonly state: "known" | "unread" | "read";
}

/** The unit of a phase's counts. Bytes are those of layers as stored, or of NARs. */
export interface ScanCounts {
  readonly layersRead?: number;
  /** Layers to read, without those in the database. */
  readonly layerCount?: number;
  /** All layers of the image, the lowest first; absent for a stream, and for more than `MAX_LISTED_LAYERS`. */
  readonly layers?: readonly LayerProgress[];
  /** Store items whose files are read. */
  readonly itemCount?: number;
  /** Nodes of the graph that is measured. */
  readonly nodeCount?: number;
  readonly bytesRead?: number;
  /** 0 for a stream. */
  readonly totalBytes?: number;
}

/** Layers of an image that progress lists: engines stop at 127. */
export const MAX_LISTED_LAYERS = 128;

/** Progress of the scan of one source. */
export interface ScanProgress extends ScanCounts {
  readonly phase: ScanPhase;
  /** The source with its transport. */
  readonly source: string;
  /** For an image source, once it is open. */
  readonly image?: ImagePosition;
}
