import { formatBytes, formatCounted } from "#lib/display/bytes.ts";
import { visibleText } from "#lib/display/visible-text.ts";
import type { ReadBlob } from "#lib/ingest/image/scan-layers.ts";
import { sayProgress, type Terminal } from "../terminal.ts";

/** Milliseconds between two drawings of the line. */
const PAUSE = 100;

/** How far the reading of a source is, in layers and in bytes as they are stored: a line that is drawn over itself. */
export class ScanProgress {
  readonly #terminal: Terminal;
  readonly #name: string;
  #layerCount = 0;
  #layersRead = 0;
  #totalBytes = 0;
  #readBytes = 0;
  #drawnAt = Number.NEGATIVE_INFINITY;

  /** `name`: of the image, or of a source whose images are not known yet. */
  constructor(terminal: Terminal, name: string) {
    this.#terminal = terminal;
    this.#name = visibleText(name);
  }

  /** So many more bytes were read. */
  add(byteCount: number): void {
    this.#readBytes += byteCount;
    if (performance.now() - this.#drawnAt >= PAUSE) this.#draw();
  }

  /** The same reading, counted: what is asked for is what there is to read, for layers that are known are not. */
  track(readBlob: ReadBlob): ReadBlob {
    return async (place) => {
      this.#layerCount += 1;
      if (place.kind === "range") this.#totalBytes += place.length;
      const scan = await readBlob(place);
      this.#layersRead += 1;
      this.#draw();
      return scan;
    };
  }

  #draw(): void {
    this.#drawnAt = performance.now();
    const read = formatBytes(this.#readBytes);
    const bytes = this.#totalBytes === 0 ? `${read} read` : `${read} of ${formatBytes(this.#totalBytes)}`;
    const layers = this.#layerCount === 0 ? "" : `${this.#layersRead} of ${formatCounted(this.#layerCount, "layer")}, `;
    sayProgress(this.#terminal, `${this.#name}: ${layers}${bytes}`);
  }
}
