import type { MessagePort } from "node:worker_threads";
import { receiveChunks } from "#lib/ingest/threads/byte-stream.ts";
import { InputError } from "#lib/model/problem.ts";

/** Jobs for tests of the thread pool: each is a word, and returns it with the number of bytes of its stream. */
export function openJobs(greeting: string, emit: (word: string) => void) {
  return async (word: string, stream: MessagePort | undefined): Promise<string> => {
    if (word === "refuse") throw new InputError("bad-tar", "here", "refused");
    if (word === "fill") fillHeap();
    if (word === "wait") await new Promise(() => undefined);
    let byteCount = 0;
    if (stream !== undefined) for await (const chunk of receiveChunks(stream)) byteCount += chunk.length;
    emit(word);
    return `${greeting} ${word} ${byteCount}`;
  };
}

function fillHeap(): never {
  const kept: unknown[] = [];
  for (;;) kept.push(Array.from({ length: 1000 }, (_, i) => ({ i })));
}
