import { decompress, isStreamCompression } from "#lib/formats/compression/index.ts";
import { type ItemFile, type ItemSink, NarParser } from "#lib/formats/nar/index.ts";
import { chooseNar } from "#lib/ingest/store-files/choose-nar.ts";
import { displayPath } from "#lib/model/layer.ts";
import type { FileContent, FilePlace } from "#lib/model/opened-file.ts";
import { InputError } from "#lib/model/problem.ts";
import type { ItemArchives, OpenedStore } from "#lib/sources/store/index.ts";
import { BodyKeeper } from "./read-entry.ts";

interface WantedItemFile {
  readonly place: FilePlace & { readonly kind: "item" };
  readonly content: FileContent;
}

/**
 * The beginning of one file of a store item, from the item's compressed NAR in a binary cache, which is read only as far as the file's
 * end. Throws an InputError if the cache does not have the item or the file any more, or not with this content.
 */
export async function readNarFile(
  { tables }: Pick<OpenedStore, "tables">,
  archives: ItemArchives,
  { place, content }: WantedItemFile,
): Promise<Uint8Array> {
  const row = tables.paths.indexOf(place.storePath);
  const nar = chooseNar(tables.cached?.[row]?.files ?? []);
  if (nar === undefined) throw gone(place.storePath);
  const { compression } = nar;
  if (!isStreamCompression(compression)) throw new InputError("unsupported", "", `a NAR in ${compression}`);
  const sink = new FileSink(place.path);
  const parser = new NarParser(sink);
  let left = tables.narSizes[row]!;
  for await (const chunk of decompress(await archives.open(nar), { compression })) {
    left -= chunk.length;
    if (left < 0) throw new InputError("nar-mismatch", "", "the NAR expands to more bytes than its narinfo says");
    parser.write(chunk);
    if (sink.isRead) return sink.keeper.finish(content);
  }
  throw gone(place.storePath);
}

function gone(storePath: string): InputError {
  return new InputError("missing-target", "", `the cache does not have this file of ${storePath} any more`);
}

/** Bytes that the parser writes at once. */
const ROOM_BYTES = 64 * 1024;

/** Keeps one file of an item, and passes over the others. */
class FileSink implements ItemSink {
  readonly keeper = new BodyKeeper();
  isRead = false;
  readonly #wanted: string;
  readonly #room = new Uint8Array(ROOM_BYTES);
  #isWanted = false;

  constructor(wanted: string) {
    this.#wanted = wanted;
  }

  file(path: Uint8Array, _: ItemFile): void {
    this.#isWanted = !this.isRead && displayPath(path) === this.#wanted;
  }

  room(byteCount: number): Uint8Array {
    return this.#room.subarray(0, Math.min(byteCount, ROOM_BYTES));
  }

  filled(byteCount: number): void {
    if (this.#isWanted) this.keeper.add(this.#room.subarray(0, byteCount));
  }

  endFile(): void {
    this.isRead ||= this.#isWanted;
    this.#isWanted = false;
  }

  directory(): void {
    // It has no bytes, as a symlink has none.
  }
  endDirectory(): void {
    // The parser checks what is in it.
  }
  symlink(): void {
    // What it leads to is another file.
  }
}
