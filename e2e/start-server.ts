import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Writable } from "node:stream";
import { setTimeout as pause } from "node:timers/promises";
import { buildSampleImages } from "#lib/sources/samples/build-samples.ts";

const START_PATIENCE = 180_000;
/** The sample images. */
export const SAMPLES = 3;

/**
 * Playwright's global setup: the product as a person starts it, with the sample images, in its own data directory,
 * on a free port. Specs find it at `process.env.STRATIGRAPH_URL`. Returns a function that stops it.
 */
export default async function startServer(): Promise<() => Promise<void>> {
  const home = mkdtempSync(join(tmpdir(), "stratigraph-e2e-"));
  const images = await buildSampleImages(home);
  // For specs that run the command line beside the server.
  process.env.STRATIGRAPH_DATA = home;
  const server = await startProduct(["up", "--json", `oci:${images}`]);
  await waitForArtifacts(server.url, SAMPLES);
  process.env.STRATIGRAPH_URL = server.url;
  return async () => {
    await server.stop();
    rmSync(home, { recursive: true, force: true });
  };
}

/** A command that serves the pages of the data directory under test, on a free port. */
export async function startProduct(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<{ url: string; stdin: Writable; stop: () => Promise<void> }> {
  const server = spawn(process.execPath, ["bin/stratigraph.mjs", ...args], {
    cwd: join(import.meta.dirname, ".."),
    env: { ...process.env, DATABASE_URL: undefined, STRATIGRAPH_URL: undefined, HOST: "127.0.0.1", PORT: "0", ...env },
    stdio: ["pipe", "pipe", "inherit"],
  });
  return { url: await waitForAddress(server), stdin: server.stdin!, stop: () => stop(server) };
}

/** Where a server listens, from its standard output. Others may have another address for it. */
async function waitForAddress(server: ChildProcess): Promise<string> {
  const timer = setTimeout(() => server.kill(), START_PATIENCE);
  try {
    for await (const line of createInterface({ input: server.stdout! })) {
      const address = /http:\/\/127\.0\.0\.1:[^\s"',]+/.exec(line)?.[0];
      if (address !== undefined) return address.replace(/\/$/, "");
    }
  } finally {
    clearTimeout(timer);
  }
  throw new Error("the server ended before it printed its address");
}

/** The address comes before the scans end: waits until this many artifacts are listed. */
export async function waitForArtifacts(url: string, count: number): Promise<void> {
  for (let tries = 0; tries < START_PATIENCE / 100; tries++) {
    const response = await fetch(`${url}/artifacts.csv`);
    if (response.ok && (await response.text()).trim().split("\n").length > count) return;
    await pause(100);
  }
  throw new Error(`fewer than ${count} artifacts were scanned in time`);
}

async function stop(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  server.kill("SIGTERM");
  await once(server, "exit");
}
