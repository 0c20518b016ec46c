import { open } from "node:fs/promises";
import { InputError } from "#lib/model/problem.ts";

/** Bytes of one read: large enough that the system call costs nothing compared with decompression. */
const READ_BYTES = 1024 ** 2;
const NONE = Buffer.alloc(0);

/** Part of a file, in bytes. */
export interface FileRange {
  readonly file: string;
  readonly offset: number;
  readonly length: number;
}

/**
 * The bytes of a range, in chunks of at most 1 MiB: fresh ones that the caller may keep or, with `reuse`,
 * the same buffer again and again, for a caller that is done with a chunk when it asks for the next. Throws InputError
 * `truncated` if the file ends early.
 */
export async function* readRange(
  { file: path, offset, length }: FileRange,
  { reuse = false } = {},
): AsyncGenerator<Uint8Array> {
  const file = await open(path, "r");
  try {
    let at = offset;
    const end = offset + length;
    let buffer = NONE;
    while (at < end) {
      if (!reuse || buffer === NONE) buffer = Buffer.allocUnsafeSlow(Math.min(READ_BYTES, end - at));
      const { bytesRead } = await file.read(buffer, 0, Math.min(buffer.length, end - at), at);
      if (bytesRead === 0) {
        throw new InputError("truncated", `byte ${at}`, `the file ends ${end - at} bytes before the blob in it`);
      }
      at += bytesRead;
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    await file.close();
  }
}
