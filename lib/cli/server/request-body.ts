import type { IncomingMessage } from "node:http";

/** Maximum size of a request's body: forms of 32 names and a note of 10,000 characters are far smaller. */
export const MAX_BODY_BYTES = 256 * 1024;

/** The status and message for a body that is not read; `undefined` if the body is small enough. */
export function refuseBody({ headers }: IncomingMessage): { status: number; message: string } | undefined {
  if (headers["transfer-encoding"] !== undefined) {
    return { status: 411, message: "a body needs a Content-Length" };
  }
  // Node has refused lengths that are not decimal numbers.
  if (Number(headers["content-length"] ?? 0) > MAX_BODY_BYTES) {
    return { status: 413, message: `a form may have ${MAX_BODY_BYTES.toLocaleString("en-US")} bytes at most` };
  }
  return undefined;
}
