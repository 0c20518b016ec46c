import { ReadableStream } from "node:stream/web";
import { InputError, type ProblemCode } from "#lib/model/problem.ts";
import { checkExpansion } from "./expansion.ts";
import type { ExpansionLimits } from "./limits.ts";

/** What `xz -9` needs. The library is built with this limit, and takes one stream at a time in each thread. */
export const MAX_XZ_DICTIONARY_BYTES = 64 * 1024 ** 2;

/** Results of xz-embedded (`enum xz_ret`). */
const FAULTS: Readonly<Record<string, readonly [ProblemCode, string]>> = {
  3: ["limit-exceeded", "not enough memory for its xz dictionary"],
  4: ["limit-exceeded", `an xz dictionary over ${MAX_XZ_DICTIONARY_BYTES} bytes; compress it again with -9 or less`],
  5: ["bad-compression", "not an xz stream, or data other than padding after it"],
  6: ["unsupported", "an xz stream with a filter or a checksum that is not read"],
  7: ["bad-compression", "the xz stream is damaged"],
  8: ["truncated", "the compressed stream ends too early"],
};

/** The uncompressed stream of an xz file, in chunks of at most 64 KiB. Throws as `decompress` does. */
export async function* decompressXz(
  chunks: AsyncIterable<Uint8Array>,
  limits: ExpansionLimits,
): AsyncGenerator<Uint8Array> {
  const counts = { read: 0, expanded: 0 };
  // Loaded when it is needed: most scans read no xz.
  const { XzReadableStream } = (await import("xz-decompress")).default;
  // Its types are those of browsers, and Node has one class for both.
  const input: unknown = ReadableStream.from(countBytes(chunks, counts));
  const stream = new XzReadableStream(input as globalThis.ReadableStream<Uint8Array>);
  try {
    for await (const chunk of stream) {
      counts.expanded += chunk.length;
      checkExpansion(limits, counts);
      if (chunk.length > 0) yield chunk;
    }
  } catch (cause) {
    throw toInputError(cause, counts.read);
  }
}

/** The library takes a chunk of no bytes for the end, and cannot read a stream without any. */
async function* countBytes(chunks: AsyncIterable<Uint8Array>, counts: { read: number }): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) {
    counts.read += chunk.length;
    if (chunk.length > 0) yield chunk;
  }
  if (counts.read === 0) throw new InputError("truncated", "byte 0", "the compressed stream is empty");
}

function toInputError(cause: unknown, read: number): unknown {
  if (!(cause instanceof Error)) return cause;
  const [, result = ""] = /^get_next_output failed with error code (\d+)$/.exec(cause.message) ?? [];
  const [code, message] = FAULTS[result] ?? [];
  return code === undefined ? cause : new InputError(code, `byte ${read}`, message!, { cause });
}
