import { afterEach, beforeEach, expect, it } from "vitest";
import { ThreadPool } from "./thread-pool.ts";

const MODULE = new URL("../../../testing/builders/thread-jobs.ts", import.meta.url);

let words: string[];
let control: AbortController;
let pool: ThreadPool<string, string, string>;

beforeEach(() => {
  words = [];
  control = new AbortController();
  const onMessage = (word: string) => void words.push(word);
  pool = new ThreadPool({ module: MODULE, settings: "hello", maxThreads: 1, signal: control.signal, onMessage });
});
afterEach(() => pool.close());

it("runs jobs in order, with the messages of each", async () => {
  expect(await Promise.all(["a", "b", "c"].map((word) => pool.run(word)))).toEqual([
    "hello a 0",
    "hello b 0",
    "hello c 0",
  ]);
  expect(words).toEqual(["a", "b", "c"]);
});

it("continues after a failed job, and after its thread has ended at rest", async () => {
  await expect(pool.run("refuse")).rejects.toMatchObject({ name: "InputError", code: "bad-tar", place: "here" });
  expect(await pool.run("a")).toBe("hello a 0");
  await pool.rest();
  expect(await pool.run("b")).toBe("hello b 0");
});

it("refuses a job that fills the heap of its thread, and continues in another", async () => {
  const error = { name: "InputError", code: "limit-exceeded", message: "reading it takes more than 128 MiB of heap" };
  await expect(pool.run("fill")).rejects.toMatchObject(error);
  expect(await pool.run("a")).toBe("hello a 0");
}, 60_000);

it("ends the running job and the waiting ones with the reason of an abort, and refuses further ones", async () => {
  const jobs = [pool.run("wait"), pool.run("a")];
  control.abort(new Error("Ctrl-C"));
  jobs.push(pool.run("b"));
  for (const result of await Promise.allSettled(jobs)) expect(result).toMatchObject({ reason: { message: "Ctrl-C" } });
});

it("fails a job whose stream fails, and continues in another thread", async () => {
  async function* stream(failure?: Error) {
    for (let i = 0; i < 5; i++) yield new Uint8Array(10);
    if (failure !== undefined) throw failure;
  }
  expect(await pool.runStream("whole", stream())).toBe("hello whole 50");
  await expect(pool.runStream("part", stream(new Error("connection reset")))).rejects.toThrow("connection reset");
  expect(await pool.run("a")).toBe("hello a 0");
});
