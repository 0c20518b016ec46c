import { open } from "node:fs/promises";
import { basename } from "node:path";
import type { Readable } from "node:stream";
import { SNIFF_BYTES, sniffCompression } from "#lib/formats/compression/index.ts";
import { InputError, UnreachableError } from "#lib/model/problem.ts";
import { readRange } from "../file-range.ts";
import { openArchiveFile } from "./archive-file.ts";
import { isMissing, openDirectory } from "./directory.ts";
import type { BlobStore } from "./source-image.ts";

/** An archive that goes by once. */
export interface PassingImages {
  readonly kind: "stream";
  readonly label: string;
  readonly chunks: AsyncIterable<Uint8Array>;
}

/** An image source, opened: its files can be read anywhere, or they go by once. */
export type OpenedImages = { readonly kind: "store"; readonly store: BlobStore } | PassingImages;

/** Opens an OCI image layout in a directory. Throws UnreachableError. */
export async function openLayoutDirectory(directory: string): Promise<OpenedImages> {
  await assertThere(directory);
  return { kind: "store", store: openDirectory(directory) };
}

/** Opens an image archive: an uncompressed one is indexed, one compressed as a whole goes by. Throws InputError, UnreachableError. */
export async function openArchive(file: string): Promise<OpenedImages> {
  const byteCount = await assertThere(file);
  const label = basename(file).replace(/\.(tar|tgz|tar\.\w+)$/, "");
  const compression = sniffCompression(await readHead(file));
  if (compression === "none") return { kind: "store", store: await openArchiveFile(file, label) };
  return { kind: "stream", label, chunks: readRange(file, 0, byteCount) };
}

/** An archive on standard input, read in one pass. */
export function openStandardInput(input: Readable): OpenedImages {
  return { kind: "stream", label: "stdin", chunks: input };
}

async function assertThere(path: string): Promise<number> {
  try {
    const handle = await open(path, "r");
    try {
      return (await handle.stat()).size;
    } finally {
      await handle.close();
    }
  } catch (cause) {
    if (isMissing(cause)) throw new UnreachableError(`${path}: there is no such file or directory`, { cause });
    throw toUnreadable(path, cause);
  }
}

async function readHead(file: string): Promise<Uint8Array> {
  const handle = await open(file, "r");
  try {
    const { buffer, bytesRead } = await handle.read(new Uint8Array(SNIFF_BYTES), 0, SNIFF_BYTES, 0);
    return buffer.subarray(0, bytesRead);
  } catch (cause) {
    throw toUnreadable(file, cause);
  } finally {
    await handle.close();
  }
}

/** What the system's refusal means for whoever named the file. Other errors stay as they are. */
function toUnreadable(path: string, cause: unknown): unknown {
  const code = cause instanceof Error && "code" in cause ? String(cause.code) : "";
  switch (code) {
    case "EISDIR": {
      const message = "a directory, where an archive file was expected; for a layout say oci:DIR";
      return new InputError("not-an-image", "", message, { cause });
    }
    case "ESPIPE":
      return new UnreachableError(`${path}: a pipe, which goes by once; say docker-archive:- and pipe it in`, {
        cause,
      });
    case "EACCES":
      return new UnreachableError(`${path}: not ours to read`, { cause });
    default:
      return /^E[A-Z]+$/.test(code) ? new UnreachableError(`${path}: cannot be read (${code})`, { cause }) : cause;
  }
}
