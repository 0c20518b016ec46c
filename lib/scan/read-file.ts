import { isElf, parseElf } from "#lib/formats/elf/index.ts";
import { streamArchive } from "#lib/ingest/image/stream-archive.ts";
import type { LayerPool } from "#lib/ingest/layers/layer-pool.ts";
import type { FilePlace, FileReading } from "#lib/model/opened-file.ts";
import { InputError, UnreachableError } from "#lib/model/problem.ts";
import { meterStore } from "#lib/sources/images/metered-store.ts";
import type { OpenedImages, StreamedFiles } from "#lib/sources/images/open-images.ts";
import { readPlace } from "#lib/sources/images/read-place.ts";
import type { FoundImages, SourceImage } from "#lib/sources/images/source-image.ts";
import { parseSource } from "#lib/sources/parse-source.ts";
import { readItemFile } from "#lib/sources/store/index.ts";
import type { ImageSource, StoreSource } from "#lib/sources/transport.ts";
import { BodyKeeper, readEntry, type WantedEntry } from "./read-entry.ts";
import { readNarFile } from "./read-nar-file.ts";
import type { ScanTools } from "./scan-context.ts";
import type { ReadFileRequest } from "./scan-request.ts";

interface ReadFileContext extends ReadFileRequest, Pick<ScanTools, "signal" | "emit" | "environment"> {}

/**
 * Reads one file where it was scanned, no further than its end, and checks its digest. Throws InputError if the source has changed or
 * is damaged, UnreachableError if it is gone or cannot be read in parts, UsageError if it is not allowed.
 */
export async function readFile(context: ReadFileContext): Promise<void> {
  const source = parseSource(context.source, context.environment);
  const bytes = await readFrom(context, source);
  context.emit({ type: "file", reading: toReading(bytes, context) });
}

async function readFrom(context: ReadFileContext, source: ReturnType<typeof parseSource>): Promise<Uint8Array> {
  const { place } = context;
  if (source.kind === "images" && place.kind === "layer") return readLayerFile(context, source, place);
  if (source.kind === "store" && place.kind === "item") return readStoreFile(context, source, place);
  throw new UnreachableError(`${context.source} is not a source of this kind any more`);
}

async function readStoreFile(
  { source, signal, content }: ReadFileContext,
  store: StoreSource,
  place: FilePlace & { kind: "item" },
): Promise<Uint8Array> {
  const opened = await store.open(signal);
  const { itemsDir, archives } = opened;
  if (archives !== undefined) {
    try {
      return await readNarFile(opened, archives, { place, content });
    } finally {
      await archives.close();
    }
  }
  if (itemsDir === undefined)
    throw new UnreachableError(`${source} names the items, and has no directory or cache with their files`);
  const keeper = new BodyKeeper();
  readItemFile({ ...place, itemsDir }, content.byteCount + 1, (piece) => keeper.add(piece));
  return keeper.finish(content);
}

async function readLayerFile(
  context: ReadFileContext,
  images: ImageSource,
  place: FilePlace & { kind: "layer" },
): Promise<Uint8Array> {
  const opened = await images.open(context.signal);
  const wanted = { ...place, content: context.content };
  if (opened.kind === "files" && opened.files.kind === "stream") return readStreamed(opened.files, wanted, context);
  try {
    const found = await findImages(opened);
    const image = await findImage(found, context);
    const layer = image.layers.find(({ diffId }) => diffId === place.diffId);
    if (layer === undefined) throw new InputError("missing-blob", "", "the image does not have the layer any more");
    return await readEntry(readPlace(layer.place), wanted);
  } finally {
    if (opened.kind === "remote") await opened.close();
  }
}

function findImages(opened: OpenedImages): Promise<FoundImages> {
  if (opened.kind === "remote") return opened.find("all");
  if (opened.files.kind === "stream") throw new TypeError("a stream has no list of images before it is read");
  return opened.find(meterStore(opened.files.store), "all");
}

async function findImage({ images }: FoundImages, { digest, source, signal }: ReadFileContext): Promise<SourceImage> {
  for await (const image of images) {
    signal.throwIfAborted();
    if (!("fault" in image) && image.digest === digest) return image;
  }
  throw new UnreachableError(`${source} does not have this image any more`);
}

/**
 * An engine and a compressed archive send their members in any order, and the list of layers may come last. So each member that may be
 * a layer is looked into; the digest of the file says which one has it.
 */
async function readStreamed(
  files: StreamedFiles,
  wanted: WantedEntry,
  { source }: ReadFileContext,
): Promise<Uint8Array> {
  let found: Uint8Array | undefined;
  const pool: Pick<LayerPool, "scan"> = {
    scan: async (blob) => {
      if (!(Symbol.asyncIterator in blob)) throw new TypeError("a stream has no ranges");
      found ??= await readEntry(blob, wanted);
      throw new InputError("unsupported", "", "nothing else is read of this layer");
    },
  };
  try {
    await streamArchive(
      files.label,
      untilFound(files.chunks, () => found !== undefined),
      pool,
    );
  } catch (error) {
    // The archive ends early for its reader if the file was found before its end.
    if (found === undefined) throw error;
  }
  if (found === undefined) throw new UnreachableError(`${source} does not have this file any more`);
  return found;
}

async function* untilFound(chunks: AsyncIterable<Uint8Array>, isFound: () => boolean): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) {
    yield chunk;
    if (isFound()) return;
  }
}

/** Bytes of text that a page shows. */
const MAX_SHOWN_BYTES = 256 * 1024;

function toReading(bytes: Uint8Array, { source, content }: ReadFileContext): FileReading {
  const shown = bytes.subarray(0, MAX_SHOWN_BYTES);
  const isCut = content.byteCount > shown.length;
  const elf = isElf(bytes) ? parseElf(bytes) : undefined;
  return { source, text: elf === undefined ? toText(shown, isCut) : undefined, isCut, elf };
}

/** Longest UTF-8 sequence, which the end of a cut text may have only in part. */
const MAX_SEQUENCE = 4;

function toText(bytes: Uint8Array, isCut: boolean): string | undefined {
  if (bytes.includes(0)) return undefined;
  const decoder = new TextDecoder("utf-8", { fatal: true });
  for (let end = bytes.length; end >= Math.max(0, bytes.length - (isCut ? MAX_SEQUENCE : 0)); end--) {
    try {
      return decoder.decode(bytes.subarray(0, end));
    } catch {
      // The last bytes may be the beginning of a character.
    }
  }
  return undefined;
}
