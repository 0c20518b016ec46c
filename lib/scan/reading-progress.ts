import type { ReadBlob } from "#lib/ingest/image/scan-layers.ts";
import type { ScanCounts } from "./scan-event.ts";

/** Milliseconds between two events: more would not be visible, and each crosses from process to process. */
const PAUSE_MS = 100;

/** Counts the layers and stored bytes read of an image, and emits the counts every 100 ms and after each layer. */
export class ReadingProgress {
  readonly #emit: (counts: ScanCounts) => void;
  #layerCount = 0;
  #layersRead = 0;
  #totalBytes = 0;
  #bytesRead = 0;
  #emittedAt = Number.NEGATIVE_INFINITY;

  constructor(emit: (counts: ScanCounts) => void) {
    this.#emit = emit;
  }

  /** Number of further bytes read. */
  add(byteCount: number): void {
    this.#bytesRead += byteCount;
    if (performance.now() - this.#emittedAt >= PAUSE_MS) this.#emitNow();
  }

  /** The same reader, counted. Only requested layers count: known layers are not requested. */
  track(readBlob: ReadBlob): ReadBlob {
    return async (place) => {
      this.#layerCount += 1;
      if (place.kind !== "streamed") this.#totalBytes += place.length;
      const scan = await readBlob(place);
      this.#layersRead += 1;
      this.#emitNow();
      return scan;
    };
  }

  #emitNow(): void {
    this.#emittedAt = performance.now();
    this.#emit({
      layersRead: this.#layersRead,
      layerCount: this.#layerCount,
      bytesRead: this.#bytesRead,
      totalBytes: this.#totalBytes,
    });
  }
}
