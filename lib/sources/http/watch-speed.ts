import { UnreachableError } from "#lib/model/problem.ts";
import { toHttpError } from "./http-error.ts";
import type { HttpLimits } from "./limits.ts";

/** The same body. Throws UnreachableError if it breaks off or is too slow; time in which nobody reads it does not count. */
export async function* watchSpeed(
  body: AsyncIterable<Uint8Array>,
  url: URL,
  { waitMs, bytesPerWait }: HttpLimits,
): AsyncGenerator<Uint8Array> {
  let waitedMs = 0;
  let receivedBytes = 0;
  let askedAt = performance.now();
  try {
    for await (const chunk of body) {
      waitedMs += performance.now() - askedAt;
      receivedBytes += chunk.length;
      if (waitedMs > waitMs) {
        if (receivedBytes < bytesPerWait) {
          throw new UnreachableError(
            `${url.host} sent only ${receivedBytes} bytes in ${Math.round(waitedMs / 1000)} s`,
          );
        }
        waitedMs = 0;
        receivedBytes = 0;
      }
      yield chunk;
      askedAt = performance.now();
    }
  } catch (error) {
    throw toHttpError(url, error);
  }
}
