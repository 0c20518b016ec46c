import type { IncomingMessage } from "node:http";

/** Bytes of a request's body at most: forms of 32 names and a note of 10,000 characters are far smaller. */
export const MAX_BODY_BYTES = 256 * 1024;

/** Why a request is not read any further: a status and a line; `undefined` where its body is small enough. */
export function refuseBody({ headers }: IncomingMessage): { status: number; message: string } | undefined {
  if (headers["transfer-encoding"] !== undefined) {
    return { status: 411, message: "send the body's length: bodies of unknown length are not read" };
  }
  // Node has refused lengths that are no decimal number.
  if (Number(headers["content-length"] ?? 0) > MAX_BODY_BYTES) {
    return { status: 413, message: `a form may have ${MAX_BODY_BYTES.toLocaleString("en-US")} bytes at most` };
  }
  return undefined;
}
