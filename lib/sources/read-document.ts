import { createReadStream } from "node:fs";
import { InputError, UnreachableError } from "#lib/model/problem.ts";

/**
 * A whole file, which may be a pipe. Throws InputError (`limit-exceeded`) beyond the limit, UnreachableError if it cannot be read.
 * `what` names its kind.
 */
export async function readDocument(file: string, what: string, maxBytes: number): Promise<Uint8Array> {
  const parts: Buffer[] = [];
  let byteCount = 0;
  try {
    for await (const part of createReadStream(file) as AsyncIterable<Buffer>) {
      byteCount += part.length;
      if (byteCount > maxBytes) break;
      parts.push(part);
    }
  } catch (cause) {
    throw new UnreachableError(`${file}: cannot be read`, { cause });
  }
  if (byteCount > maxBytes) throw new InputError("limit-exceeded", file, `${what} of more than ${maxBytes} bytes`);
  return Buffer.concat(parts);
}
