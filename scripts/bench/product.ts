import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { type Figure, medianOf, seconds } from "./measure-run.ts";

/** Requests for each page. */
const RUNS = 5;
const PROJECT = fileURLToPath(new URL("../../", import.meta.url));

/** A running server of the product. */
export interface RunningProduct {
  readonly url: string;
  /** From the start of the command to the line with the address, in milliseconds. */
  readonly milliseconds: number;
  stop(): Promise<void>;
}

/** Starts a command that serves, on a free loopback port, and waits until it prints its address. */
export async function startProduct(
  command: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<RunningProduct> {
  const started = performance.now();
  const [program, ...args] = command;
  const server = spawn(program!, args, {
    cwd: PROJECT,
    env: { ...process.env, HOST: "127.0.0.1", PORT: "0", ...env },
    stdio: ["ignore", "pipe", "ignore"],
    // npm forwards no signals, so the whole group is stopped.
    detached: true,
  });
  const url = await readAddress(server);
  return { url, milliseconds: performance.now() - started, stop: () => stop(server) };
}

/** Warm responses of a server's pages, by what they show, from the request to the last byte: the median of a few. */
export async function timePages(
  server: string,
  pages: Readonly<Record<string, string>>,
  budgetMs?: number,
): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const [what, path] of Object.entries(pages)) {
    await read(server + path);
    const milliseconds = await medianOf(RUNS, () => read(server + path));
    figures.push({
      what: `page: ${what}, to the last byte`,
      value: seconds(milliseconds),
      budget: budgetMs === undefined ? "" : `≤ ${budgetMs} ms`,
      within: budgetMs === undefined ? undefined : milliseconds <= budgetMs,
    });
  }
  return figures;
}

async function read(address: string): Promise<void> {
  const response = await fetch(address);
  await response.arrayBuffer();
  if (!response.ok) throw new Error(`${address} answered ${response.status}`);
}

/** The first line of standard output with an address. Rejects if the server ends before it. */
export async function readAddress(server: ChildProcess): Promise<string> {
  for await (const line of createInterface({ input: server.stdout! })) {
    const address = /https?:\/\/[^\s"']+/.exec(line)?.[0];
    if (address !== undefined) return address.replace(/\/$/, "");
  }
  throw new Error("the server ended before it printed its address");
}

async function stop(server: ChildProcess): Promise<void> {
  const ended = once(server, "close");
  process.kill(-server.pid!, "SIGTERM");
  await ended;
}
