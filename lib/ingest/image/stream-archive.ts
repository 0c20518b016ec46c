import { PassThrough } from "node:stream";
import { decompress, sniffStream } from "#lib/formats/compression/index.ts";
import { MAX_METADATA_BYTES } from "#lib/formats/oci/index.ts";
import { type TarEntry, TarParser } from "#lib/formats/tar/index.ts";
import type { LayerScan } from "#lib/model/layer.ts";
import { InputError } from "#lib/model/problem.ts";
import { type ArchiveMember, MemberTable } from "#lib/sources/images/archive-members.ts";
import type { BlobStore } from "#lib/sources/images/source-image.ts";
import type { LayerPool } from "../layers/layer-pool.ts";
import type { ReadBlob } from "./scan-layers.ts";

/** Bytes of metadata kept per archive: manifests and configs of a few thousand images. */
export const MAX_KEPT_METADATA = 64 * 1024 * 1024;

/** Members that might be layers but are not; an image archive has none, an archive of something else thousands. */
export const MAX_FAILED_MEMBERS = 100;

/** Fully read members that are still being scanned. Reading waits for them, or a thousand small ones would wait in memory. */
const MAX_WAITING = 8;

/** Smaller than any compressed tar: `docker save` puts a file VERSION of 3 bytes beside each layer. */
const MIN_LAYER_BYTES = 8;

/** A member of the archive: kept if it may be metadata, scanned as a layer if it may be one. */
interface StreamedMember extends ArchiveMember {
  readonly bytes: Uint8Array | undefined;
  readonly scan: Promise<LayerScan> | undefined;
}

/** The result of reading an archive once. */
export interface StreamedArchive {
  readonly store: BlobStore;
  readonly readBlob: ReadBlob;
}

/**
 * Reads an image archive in one pass, keeping only its metadata. The manifest that lists the layers may come last, so every
 * member that does not look like JSON is scanned as a layer, and a fault in it counts only if an image needs it. Throws
 * InputError.
 */
export async function streamArchive(
  label: string,
  chunks: AsyncIterable<Uint8Array>,
  pool: Pick<LayerPool, "scan">,
): Promise<StreamedArchive> {
  const reader = new ArchiveReader(pool);
  await reader.read(chunks);
  const members = reader.members;
  return {
    store: {
      label,
      read: async (path) => toMetadata(members.find(path)),
      locate: async (path) => {
        const member = members.find(path);
        if (member === undefined) return undefined;
        return { place: { kind: "streamed", member: member.path }, byteCount: member.byteCount };
      },
    },
    readBlob: async (place) => {
      const scan = place.kind === "streamed" ? members.find(place.member)?.scan : undefined;
      if (scan === undefined) throw new InputError("bad-tar", "", "expected a layer, got JSON");
      return scan;
    },
  };
}

function toMetadata(member: StreamedMember | undefined): Uint8Array | undefined {
  if (member === undefined) return undefined;
  if (member.bytes !== undefined) return member.bytes;
  throw new InputError("bad-json", member.path, `${member.byteCount} bytes that are not JSON`);
}

class ArchiveReader {
  readonly members = new MemberTable<StreamedMember>();
  readonly #pool: Pick<LayerPool, "scan">;
  readonly #parser: TarParser;
  #path: string | undefined;
  #byteCount = 0;
  #pieces: Uint8Array[] = [];
  #layer: { body: PassThrough; scan: Promise<LayerScan> } | undefined;
  #isMetadata: boolean | undefined;
  #keptBytes = 0;
  #failedCount = 0;
  /** Fully read members that are still being scanned, and the callback that waits for fewer. */
  #waitingCount = 0;
  #goOn: (() => void) | undefined;

  constructor(pool: Pick<LayerPool, "scan">) {
    this.#pool = pool;
    this.#parser = new TarParser({
      entry: (entry) => this.#start(entry),
      body: (piece) => this.#take(piece),
      endEntry: () => this.#finish(),
      warn: () => undefined,
    });
  }

  async read(chunks: AsyncIterable<Uint8Array>): Promise<void> {
    try {
      const { compression, chunks: all } = await sniffStream(chunks);
      for await (const chunk of decompress(all, { compression })) {
        this.#parser.write(chunk);
        await this.#drain();
        await this.#rest();
      }
      this.#parser.end();
    } catch (error) {
      this.#layer?.body.destroy(new InputError("truncated", "", "the archive ends inside this layer"));
      throw error;
    }
  }

  #start(entry: TarEntry): void {
    if (this.#failedCount > MAX_FAILED_MEMBERS) {
      const message = `more than ${MAX_FAILED_MEMBERS} members that are neither JSON nor layers: not a container image archive`;
      throw new InputError("not-an-image", "", message);
    }
    this.#path = this.members.pathOf(entry);
    this.#byteCount = entry.byteCount;
    this.#pieces = [];
    this.#layer = undefined;
    this.#isMetadata = undefined;
  }

  #take(piece: Uint8Array): void {
    if (this.#path === undefined || piece.length === 0) return;
    this.#isMetadata ??= this.#byteCount <= MAX_METADATA_BYTES && startsJson(piece);
    if (!this.#isMetadata) {
      if (this.#byteCount < MIN_LAYER_BYTES) return;
      this.#layer ??= this.#openLayer();
      if (!this.#layer.body.destroyed) this.#layer.body.write(piece);
      return;
    }
    this.#keptBytes += piece.length;
    if (this.#keptBytes > MAX_KEPT_METADATA) {
      throw new InputError(
        "limit-exceeded",
        this.#path,
        `more than ${MAX_KEPT_METADATA} bytes of metadata in one archive`,
      );
    }
    // Copied: the piece is a view of a whole chunk, which would be kept with it.
    this.#pieces.push(piece.slice());
  }

  #openLayer() {
    const body = new PassThrough({ highWaterMark: 1024 * 1024 });
    // A failed scan stops reading; it reports its error itself, and only if an image asks for the layer.
    body.on("error", () => undefined);
    const scan = this.#pool.scan(body);
    scan.catch(() => {
      this.#failedCount += 1;
      body.destroy();
    });
    return { body, scan };
  }

  #finish(): void {
    const path = this.#path;
    if (path === undefined) return;
    const layer = this.#layer ?? (this.#byteCount === 0 ? this.#openLayer() : undefined);
    if (layer?.body.destroyed === false) layer.body.end();
    if (layer !== undefined) this.#await(layer.scan);
    const bytes = this.#isMetadata ? Buffer.concat(this.#pieces) : undefined;
    this.members.add({ path, byteCount: this.#byteCount, bytes, scan: layer?.scan });
    this.#path = undefined;
    this.#layer = undefined;
  }

  #await(scan: Promise<unknown>): void {
    this.#waitingCount += 1;
    const ended = () => {
      this.#waitingCount -= 1;
      if (this.#waitingCount <= MAX_WAITING) this.#goOn?.();
    };
    scan.then(ended, ended);
  }

  /** Waits until few fully read members are still being scanned. */
  async #rest(): Promise<void> {
    if (this.#waitingCount <= MAX_WAITING) return;
    await new Promise<void>((resolve) => {
      this.#goOn = resolve;
    });
  }

  /** Waits until the current layer is consumed: the archive may be larger than memory. */
  async #drain(): Promise<void> {
    const body = this.#layer?.body;
    if (body === undefined || !body.writableNeedDrain || body.destroyed) return;
    await new Promise<void>((resolve) => {
      const goOn = () => {
        body.off("drain", goOn).off("close", goOn);
        resolve();
      };
      body.on("drain", goOn).on("close", goOn);
    });
  }
}

function startsJson(piece: Uint8Array): boolean {
  const first = piece.find((byte) => byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09);
  return first === 0x7b || first === 0x5b;
}
