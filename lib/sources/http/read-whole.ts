import { InputError } from "#lib/model/problem.ts";
import type { HttpResponse } from "./http-client.ts";

/** A whole body in memory. Throws InputError over the limit; UnreachableError if it breaks off. */
export async function readWhole(response: HttpResponse, maxBytes: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let byteCount = 0;
  for await (const chunk of response.body) {
    byteCount += chunk.length;
    if (byteCount > maxBytes) {
      throw new InputError("limit-exceeded", response.url.pathname, `more than ${maxBytes} bytes of metadata`);
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
