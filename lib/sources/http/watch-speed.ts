import { UnreachableError } from "#lib/model/problem.ts";
import { toHttpError } from "./http-error.ts";
import { MAX_WAIT_MS, MIN_BYTES_PER_WAIT } from "./limits.ts";

/** The same body. Throws UnreachableError if it breaks off, or is too slow; time in which nobody reads it does not count. */
export async function* watchSpeed(body: AsyncIterable<Uint8Array>, url: URL): AsyncGenerator<Uint8Array> {
  let waitedMs = 0;
  let receivedBytes = 0;
  let askedAt = performance.now();
  try {
    for await (const chunk of body) {
      waitedMs += performance.now() - askedAt;
      receivedBytes += chunk.length;
      if (waitedMs > MAX_WAIT_MS) {
        if (receivedBytes < MIN_BYTES_PER_WAIT) throw tooSlow(url);
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

function tooSlow({ host }: URL): UnreachableError {
  return new UnreachableError(`${host} sent less than ${MIN_BYTES_PER_WAIT} bytes in ${MAX_WAIT_MS / 1000} s`);
}
