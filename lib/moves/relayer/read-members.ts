import type { RawPart, TarEntry, TarSink } from "#lib/formats/tar/index.ts";
import { isDocument } from "#lib/ingest/layers/documents.ts";
import { finishColumns, GrowableColumn, openColumns } from "#lib/ingest/layers/growable.ts";
import type { LayerPool } from "#lib/ingest/layers/layer-pool.ts";
import { MAX_ENTRIES_PER_SCAN } from "#lib/ingest/layers/limits.ts";
import { ScanBudget } from "#lib/ingest/layers/scan-budget.ts";
import { scanLayer } from "#lib/ingest/layers/scan-layer.ts";
import type { LayerScan } from "#lib/model/layer.ts";
import { type FileRange, readRange } from "#lib/sources/file-range.ts";
import { FACT_BYTES, MemberHead } from "./member-facts.ts";
import type { MemberSpill } from "./member-spill.ts";

/** What relayering needs of a layer's members beyond a scan of it. Row i is the entry in row i of the scan. */
export interface MemberColumns {
  /** `facts[FACT_BYTES · i … FACT_BYTES · (i + 1))`: equal for equal attributes. */
  readonly facts: Uint8Array;
  /** Where the member is in the spill, with its padding. Zeros without a spill. */
  readonly start: Float64Array;
  readonly length: Float64Array;
}

export interface MemberReaderOptions {
  /** Keeps the members, to be written again. */
  readonly spill?: MemberSpill | undefined;
  /** Taken as the time of every member. */
  readonly mtime?: number | undefined;
  readonly signal: AbortSignal;
}

/** Scans layers one after another, in this thread, and keeps what is needed to write their members again. */
export class MemberReader implements LayerPool {
  readonly #options: MemberReaderOptions;
  readonly #columns = new WeakMap<LayerScan, MemberColumns>();
  #budget = ScanBudget.open();
  #last: Promise<unknown> = Promise.resolve();

  constructor(options: MemberReaderOptions) {
    this.#options = options;
  }

  /** The limits of a scan hold for each image. */
  startImage(): void {
    this.#budget = ScanBudget.open();
  }

  /** Of a layer that this reader scanned. */
  columnsOf(scan: LayerScan): MemberColumns {
    return this.#columns.get(scan)!;
  }

  /** Waits for the scans before it: members of two layers would mix in the spill. Throws the errors of `scanLayer`. */
  scan(blob: FileRange | AsyncIterable<Uint8Array>): Promise<LayerScan> {
    const scan = this.#last.then(() => this.#scan("file" in blob ? readRange(blob, { reuse: true }) : blob));
    this.#last = scan.catch(() => undefined);
    return scan;
  }

  /** It has no threads. */
  async rest(): Promise<void> {}

  async close(): Promise<void> {}

  async #scan(chunks: AsyncIterable<Uint8Array>): Promise<LayerScan> {
    const { spill, mtime, signal } = this.#options;
    let tap: MemberTap | undefined;
    const wrap = (recorder: TarSink) => {
      tap = new MemberTap(recorder, spill, mtime);
      return tap;
    };
    const scan = await scanLayer(untilAborted(chunks, signal), { isDocument, budget: this.#budget, wrap });
    this.#columns.set(scan, tap!.finish());
    return scan;
  }
}

async function* untilAborted(chunks: AsyncIterable<Uint8Array>, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) {
    signal.throwIfAborted();
    yield chunk;
  }
}

/** Passes members on to the recorder of a scan, and keeps their heads and bodies as they are. */
class MemberTap implements TarSink {
  readonly #recorder: TarSink;
  readonly #spill: MemberSpill | undefined;
  readonly #mtime: number | undefined;
  readonly #head = new MemberHead();
  readonly #facts = new GrowableColumn(Uint8Array, MAX_ENTRIES_PER_SCAN * FACT_BYTES);
  readonly #places = openColumns({ start: Float64Array, length: Float64Array }, MAX_ENTRIES_PER_SCAN);
  #count = 0;
  #isInMember = false;

  constructor(recorder: TarSink, spill: MemberSpill | undefined, mtime: number | undefined) {
    this.#recorder = recorder;
    this.#spill = spill;
    this.#mtime = mtime;
  }

  raw(piece: Uint8Array, part: RawPart): void {
    if (this.#isInMember) this.#spill?.write(piece);
    else this.#head.add(piece, part);
  }

  entry(entry: TarEntry): void {
    this.#recorder.entry(entry);
    const row = this.#count++;
    const facts = this.#head.facts(entry, `entry ${row}`, this.#mtime);
    this.#facts.reserve(this.#count * FACT_BYTES).set(facts, row * FACT_BYTES);
    this.#places.start.set(row, this.#spill?.end ?? 0);
    this.#places.length.set(row, 0);
    const head = this.#head.take();
    this.#spill?.write(head);
    this.#isInMember = true;
  }

  body(piece: Uint8Array): void {
    this.#recorder.body(piece);
    this.#spill?.write(piece);
  }

  endEntry(): void {
    this.#recorder.endEntry();
    this.#isInMember = false;
    if (this.#spill === undefined) return;
    this.#spill.pad();
    const row = this.#count - 1;
    this.#places.length.set(row, this.#spill.end - this.#places.start.column[row]!);
  }

  warn(place: string, message: string): void {
    this.#recorder.warn(place, message);
  }

  finish(): MemberColumns {
    return { facts: this.#facts.finish(this.#count * FACT_BYTES), ...finishColumns(this.#places, this.#count) };
  }
}
