import { open } from "node:fs/promises";
import { basename } from "node:path";
import { SNIFF_BYTES, sniffCompression } from "#lib/formats/compression/index.ts";
import type { PlatformChoice } from "#lib/formats/oci/index.ts";
import { errorCode } from "#lib/model/error-code.ts";
import { InputError, UnreachableError } from "#lib/model/problem.ts";
import type { SourceEnvironment } from "../environment.ts";
import { readRange } from "../file-range.ts";
import { openArchiveFile } from "./archive-file.ts";
import { isMissing, openDirectory } from "./directory.ts";
import { findArchiveImages } from "./docker-save.ts";
import type { ImagePath } from "./image-path.ts";
import { findLayoutImages } from "./oci-layout.ts";
import type { BlobStore, FoundImages } from "./source-image.ts";

/** The files of an image source: with random access, or as a stream that is read in one pass. */
type ImageFiles = { readonly kind: "store"; readonly store: BlobStore } | StreamedFiles;

export interface StreamedFiles {
  readonly kind: "stream";
  readonly label: string;
  readonly chunks: AsyncIterable<Uint8Array>;
}

/** An image source, opened. */
export type OpenedImages = OpenedFiles | RemoteImages;

/** Images on another machine or in an engine, each fetched on demand. */
export interface RemoteImages {
  readonly kind: "remote";
  /** Lists the selected images. Throws InputError, UnreachableError, and so does the list. */
  find(platform: PlatformChoice): Promise<FoundImages>;
  /** Ends the connections. */
  close(): Promise<void>;
}

export interface OpenedFiles {
  readonly kind: "files";
  readonly files: ImageFiles;
  /** Lists the selected images in `files.store`, or in the kept metadata of a stream. Throws InputError. */
  find(store: BlobStore, platform: PlatformChoice): Promise<FoundImages>;
}

/** Opens an OCI image layout in a directory. Throws UnreachableError. */
export async function openLayout({ path, imageName: name }: ImagePath): Promise<OpenedFiles> {
  await assertThere(path);
  const files = { kind: "store", store: openDirectory(path) } as const;
  return { kind: "files", files, find: (store, platform) => findLayoutImages(store, { name, platform }) };
}

/** Opens an OCI image layout in an archive. Throws InputError, UnreachableError. */
export async function openOciArchive({ path, imageName: name }: ImagePath): Promise<OpenedFiles> {
  return {
    kind: "files",
    files: await openArchive(path),
    find: (store, platform) => findLayoutImages(store, { name, platform }),
  };
}

/** Opens a `docker save` archive. Throws InputError, UnreachableError. */
export async function openDockerArchive({ path, imageName: name }: ImagePath): Promise<OpenedFiles> {
  return {
    kind: "files",
    files: await openArchive(path),
    find: (store, platform) => findArchiveImages(store, { name, platform }),
  };
}

/** Opens a `docker save` archive on standard input. Throws UnreachableError if the environment has none. */
export function openStandardInput({ openStdin }: SourceEnvironment): OpenedFiles {
  if (openStdin === undefined) throw new UnreachableError("docker-archive:-: no standard input to read");
  const files = { kind: "stream", label: "stdin", chunks: openStdin() } as const;
  return { kind: "files", files, find: (store, platform) => findArchiveImages(store, { platform }) };
}

/** Indexes an uncompressed archive; one compressed as a whole becomes a stream. */
async function openArchive(file: string): Promise<ImageFiles> {
  const byteCount = await assertThere(file);
  const label = basename(file).replace(/\.(tar|tgz|tar\.\w+)$/, "");
  const compression = sniffCompression(await readHead(file));
  if (compression === "none") return { kind: "store", store: await openArchiveFile(file, label) };
  return { kind: "stream", label, chunks: readRange({ file, offset: 0, length: byteCount }) };
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
    if (isMissing(cause)) throw new UnreachableError(`${path}: no such file or directory`, { cause });
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

/** Explains a system error to the user who named the file. Other errors are unchanged. */
function toUnreadable(path: string, cause: unknown): unknown {
  const code = errorCode(cause);
  switch (code) {
    case "EISDIR": {
      const message = "expected an archive file, got a directory; for a layout, pass oci:DIR";
      return new InputError("not-an-image", "", message, { cause });
    }
    case "ESPIPE":
      return new UnreachableError(`${path}: a pipe cannot be read twice; pass docker-archive:- and pipe it in`, {
        cause,
      });
    case "EACCES":
      return new UnreachableError(`${path}: permission denied`, { cause });
    default:
      return /^E[A-Z]+$/.test(code) ? new UnreachableError(`${path}: cannot be read (${code})`, { cause }) : cause;
  }
}
