import type { ReadBlob } from "#lib/ingest/image/scan-layers.ts";
import type { TellScan } from "./scan-event.ts";

/** Milliseconds between two events: a person sees no more, and each crosses from process to process. */
const PAUSE_MS = 100;

/** Counts how far the reading of an image is, in layers and in bytes as they are stored, and tells it now and then. */
export class ReadingProgress {
  readonly #tell: TellScan;
  readonly #name: string;
  #layerCount = 0;
  #layersRead = 0;
  #totalBytes = 0;
  #readBytes = 0;
  #toldAt = Number.NEGATIVE_INFINITY;

  /** `name`: of the image, or of a source whose images are not known yet. */
  constructor(tell: TellScan, name: string) {
    this.#tell = tell;
    this.#name = name;
  }

  /** So many more bytes were read. */
  add(byteCount: number): void {
    this.#readBytes += byteCount;
    if (performance.now() - this.#toldAt >= PAUSE_MS) this.#tellNow();
  }

  /** The same reading, counted. What is asked for is all there is to read: known layers are not asked for. */
  track(readBlob: ReadBlob): ReadBlob {
    return async (place) => {
      this.#layerCount += 1;
      if (place.kind !== "passed") this.#totalBytes += place.length;
      const scan = await readBlob(place);
      this.#layersRead += 1;
      this.#tellNow();
      return scan;
    };
  }

  #tellNow(): void {
    this.#toldAt = performance.now();
    this.#tell({
      type: "reading",
      name: this.#name,
      layersRead: this.#layersRead,
      layerCount: this.#layerCount,
      readBytes: this.#readBytes,
      totalBytes: this.#totalBytes,
    });
  }
}
