import fc from "fast-check";
import { expect, it } from "vitest";
import { joinStreams, StreamList } from "./stream-list.ts";

async function* chunksOf(text: string, chunkBytes: number) {
  for (let at = 0; at < text.length; at += chunkBytes) yield Buffer.from(text.slice(at, at + chunkBytes));
  yield Buffer.of();
}

async function* each<T>(values: readonly T[]) {
  yield* values;
}

it("gives back each stream, however much of it and of those before is read", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.record({ text: fc.stringMatching(/^[a-z]{0,9}$/), read: fc.nat(10) }), { maxLength: 6 }),
      fc.integer({ min: 1, max: 4 }),
      async (streams, chunkBytes) => {
        const list = new StreamList(joinStreams(each(streams.map(({ text }) => chunksOf(text, chunkBytes)))));
        for (const { text, read } of streams) {
          const found = await list.use(async (stream) => {
            let begin = "";
            for await (const chunk of stream) {
              begin += Buffer.from(chunk).toString();
              if (begin.length >= read) break;
            }
            return begin;
          });
          expect(text.startsWith(found) && found.length >= Math.min(read, text.length)).toBe(true);
        }
      },
    ),
  );
});

it("ends every stream that is missing at its end", async () => {
  const list = new StreamList(joinStreams(each([])));
  expect(await list.use((stream) => Array.fromAsync(stream))).toEqual([]);
});

it("gives back the streams after one whose reader has asked for more than it waits for", async () => {
  async function* slow() {
    for (const text of ["a", "", "b", ""]) {
      await new Promise((resolve) => setTimeout(resolve, 5));
      yield Buffer.from(text);
    }
  }
  const list = new StreamList(slow());
  await list.use(async (stream) => {
    const chunks = stream[Symbol.asyncIterator]();
    await chunks.next();
    void chunks.next();
  });
  expect(await list.use((stream) => Array.fromAsync(stream, String))).toEqual(["b"]);
});
