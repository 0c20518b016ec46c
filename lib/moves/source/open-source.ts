import type { PlatformChoice } from "#lib/formats/oci/index.ts";
import type { ReadBlob } from "#lib/ingest/image/scan-layers.ts";
import { streamArchive } from "#lib/ingest/image/stream-archive.ts";
import type { LayerPool } from "#lib/ingest/layers/layer-pool.ts";
import { scanPlace } from "#lib/ingest/layers/scan-place.ts";
import { UsageError } from "#lib/model/problem.ts";
import type { SourceEnvironment } from "#lib/sources/environment.ts";
import { meterStore } from "#lib/sources/images/metered-store.ts";
import type { OpenedImages } from "#lib/sources/images/open-images.ts";
import type { FoundImages } from "#lib/sources/images/source-image.ts";
import { parseSource } from "#lib/sources/parse-source.ts";

/** A source of images, open: its images, and how their layers are read. */
export interface OpenedSource {
  readonly images: FoundImages["images"];
  /** Reads layers in a pool, unless the source was a stream, whose layers are read already. */
  readonly reader: (pool: LayerPool) => ReadBlob;
  close(): Promise<void>;
}

export interface OpenOptions {
  readonly environment: SourceEnvironment;
  readonly platform: PlatformChoice;
  readonly signal: AbortSignal;
  /** The pool that reads the layers of a stream, at once. It is closed with the source. */
  readonly openPool: () => LayerPool;
}

/** Throws UsageError if the source is none of images, InputError, UnreachableError. */
export async function openSource(text: string, options: OpenOptions): Promise<OpenedSource> {
  const source = parseSource(text, options.environment);
  if (source.kind !== "images") throw new UsageError(`${text} is not a source of images, and layers are needed`);
  const closing: (() => Promise<void>)[] = [];
  const close = async () => {
    for (const end of closing) await end();
  };
  try {
    return { ...(await find(await source.open(options.signal), options, closing)), close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function find(
  opened: OpenedImages,
  { platform, openPool }: OpenOptions,
  closing: (() => Promise<void>)[],
): Promise<Omit<OpenedSource, "close">> {
  const inPool: OpenedSource["reader"] = (pool) => (place) => scanPlace(pool, place);
  if (opened.kind === "remote") {
    closing.push(() => opened.close());
    return { images: (await opened.find(platform)).images, reader: inPool };
  }
  const { files } = opened;
  if (files.kind === "store") {
    return { images: (await opened.find(meterStore(files.store), platform)).images, reader: inPool };
  }
  const pool = openPool();
  closing.push(() => pool.close());
  const { store, readBlob } = await streamArchive(files.label, files.chunks, pool);
  await pool.rest();
  return { images: (await opened.find(meterStore(store), platform)).images, reader: () => readBlob };
}
