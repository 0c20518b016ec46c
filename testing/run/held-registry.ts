import { request } from "node:http";
import { pipeline } from "node:stream/promises";
import { serveHttp, type TestServer } from "./http-server.ts";

/** A way to a registry whose large blobs stop in the middle. */
export interface HeldRegistry extends TestServer {
  /** Lets the blobs that are waiting, and all later ones, go on. */
  release(): void;
  /** Later blobs stop again. */
  hold(): void;
}

/** Blobs up to this size pass: configs. */
const MAX_PASSED_BYTES = 64 * 1024;

/** Passes requests on to the registry at `host`. A blob beyond 64 KiB stops after half of its bytes until it is released. */
export async function startHeldRegistry(host: string): Promise<HeldRegistry> {
  let released = Promise.withResolvers<void>();
  const server = await serveHttp((incoming, response) => {
    const target = new URL(incoming.url ?? "/", `http://${host}`);
    const passed = request(target, { method: incoming.method, headers: { ...incoming.headers, host } });
    passed.once("response", (answer) => {
      response.writeHead(answer.statusCode ?? 500, answer.headers);
      const half = Number(answer.headers["content-length"] ?? 0) / 2;
      const held = half > MAX_PASSED_BYTES / 2 ? holdAt(half, answer, () => released.promise) : answer;
      // A scan that is cancelled closes its connection in the middle.
      pipeline(held, response).catch(() => response.destroy());
    });
    passed.once("error", () => response.destroy());
    response.once("close", () => passed.destroy());
    incoming.pipe(passed);
  });
  return {
    ...server,
    release: () => released.resolve(),
    hold: () => {
      released = Promise.withResolvers();
    },
  };
}

async function* holdAt(bytes: number, chunks: AsyncIterable<Buffer>, released: () => Promise<void>) {
  let sent = 0;
  for await (const chunk of chunks) {
    yield chunk;
    sent += chunk.length;
    if (sent >= bytes) await released();
  }
}
