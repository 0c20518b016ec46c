import type { ReadBlob } from "#lib/ingest/image/scan-layers.ts";
import { type LayerProgress, MAX_LISTED_LAYERS, type ScanCounts } from "#lib/model/scan-progress.ts";
import type { BlobPlace, SourceLayer } from "#lib/sources/images/source-image.ts";

/** Milliseconds between two events: more would not be visible, and each crosses from process to process. */
const PAUSE_MS = 100;

/** Counts the layers and stored bytes read of an image, and emits the counts every 100 ms and after each layer. */
export class ReadingProgress {
  readonly #emit: (counts: ScanCounts) => void;
  readonly #layers: readonly SourceLayer[] | undefined;
  /** Layers that were requested, and whether they are read. */
  readonly #requested = new Map<BlobPlace, LayerProgress["state"]>();
  #layersRead = 0;
  #totalBytes = 0;
  #bytesRead = 0;
  #emittedAt = Number.NEGATIVE_INFINITY;

  /** `layers`: all of the image, if they can be told apart before they are read. */
  constructor(emit: (counts: ScanCounts) => void, layers?: readonly SourceLayer[]) {
    this.#emit = emit;
    this.#layers = layers !== undefined && layers.length <= MAX_LISTED_LAYERS ? layers : undefined;
  }

  /** Number of further bytes read. */
  add(byteCount: number): void {
    this.#bytesRead += byteCount;
    if (performance.now() - this.#emittedAt >= PAUSE_MS) this.#emitNow();
  }

  /** The same reader, counted. Only requested layers count: known layers are not requested. */
  track(readBlob: ReadBlob): ReadBlob {
    return async (place) => {
      this.#requested.set(place, "unread");
      if ("length" in place) this.#totalBytes += place.length;
      const scan = await readBlob(place);
      this.#requested.set(place, "read");
      this.#layersRead += 1;
      this.#emitNow();
      return scan;
    };
  }

  #emitNow(): void {
    this.#emittedAt = performance.now();
    const layers = this.#layers?.map(({ storedSize: bytes, place }) => ({
      bytes,
      state: this.#requested.get(place) ?? "known",
    }));
    this.#emit({
      layersRead: this.#layersRead,
      layerCount: this.#requested.size,
      ...(layers === undefined ? {} : { layers }),
      bytesRead: this.#bytesRead,
      totalBytes: this.#totalBytes,
    });
  }
}
