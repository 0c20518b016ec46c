import type { IncomingMessage } from "node:http";
import { MAX_CHUNK_BYTES } from "#lib/model/upload.ts";

/** Maximum size of a request's body: forms of 32 names and a note of 10,000 characters are far smaller. */
export const MAX_BODY_BYTES = 256 * 1024;

/** A chunk of an uploaded archive, which is written to the disk as it comes. Whatever it takes, it does not keep pages waiting. */
export function isChunk({ method, url = "" }: IncomingMessage): boolean {
  return method === "PATCH" && url.startsWith("/uploads/");
}

/** The status and message for a body that is not read; `undefined` if the body is small enough. */
export function refuseBody(request: IncomingMessage): { status: number; message: string } | undefined {
  const { headers } = request;
  if (headers["transfer-encoding"] !== undefined) {
    return { status: 411, message: "a body needs a Content-Length" };
  }
  // Node has refused lengths that are not decimal numbers.
  const [what, max] = isChunk(request) ? (["chunk", MAX_CHUNK_BYTES] as const) : (["form", MAX_BODY_BYTES] as const);
  if (Number(headers["content-length"] ?? 0) > max) {
    return { status: 413, message: `a ${what} may have ${max.toLocaleString("en-US")} bytes at most` };
  }
  return undefined;
}
