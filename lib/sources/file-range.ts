import { open } from "node:fs/promises";
import { InputError } from "#lib/model/problem.ts";

/** Bytes of one read: large enough that the system call costs nothing beside decompression. */
const READ_BYTES = 1024 ** 2;

/**
 * The `length` bytes of a file from `offset` on, in fresh chunks of at most 1 MiB that the caller may keep. Throws
 * InputError `truncated` where the file ends before.
 */
export async function* readRange(path: string, offset: number, length: number): AsyncGenerator<Uint8Array> {
  const file = await open(path, "r");
  try {
    let at = offset;
    const end = offset + length;
    while (at < end) {
      const buffer = Buffer.allocUnsafeSlow(Math.min(READ_BYTES, end - at));
      const { bytesRead } = await file.read(buffer, 0, buffer.length, at);
      if (bytesRead === 0) {
        throw new InputError("truncated", `byte ${at}`, `the file ends ${end - at} bytes before the blob in it does`);
      }
      at += bytesRead;
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    await file.close();
  }
}
