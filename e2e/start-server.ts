import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { buildSampleImages } from "#lib/sources/samples/index.ts";

const START_PATIENCE = 180_000;

/**
 * Playwright's global setup: the product as a person starts it, with the sample images, in a data directory of its own,
 * on a free port. Specs find it at `process.env.STRATIGRAPH_URL`. Returns what stops it.
 */
export default async function startServer(): Promise<() => Promise<void>> {
  const home = mkdtempSync(join(tmpdir(), "stratigraph-e2e-"));
  const images = await buildSampleImages(home);
  const server = spawn(process.execPath, ["bin/stratigraph.ts", "up", "--json", `oci:${images}`], {
    cwd: join(import.meta.dirname, ".."),
    env: { ...process.env, DATABASE_URL: undefined, STRATIGRAPH_DATA: home, HOST: "127.0.0.1", PORT: "0" },
    stdio: ["ignore", "pipe", "inherit"],
  });
  process.env.STRATIGRAPH_URL = await waitForAddress(server);
  // For specs that run the command line beside the server.
  process.env.STRATIGRAPH_DATA = home;
  return async () => {
    await stop(server);
    rmSync(home, { recursive: true, force: true });
  };
}

/** The first line of standard output that holds an address. */
async function waitForAddress(server: ChildProcess): Promise<string> {
  const timer = setTimeout(() => server.kill(), START_PATIENCE);
  try {
    for await (const line of createInterface({ input: server.stdout! })) {
      const address = /https?:\/\/[^\s"']+/.exec(line)?.[0];
      if (address !== undefined) return address.replace(/\/$/, "");
    }
  } finally {
    clearTimeout(timer);
  }
  throw new Error("the server ended before it printed its address");
}

async function stop(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  server.kill("SIGTERM");
  await once(server, "exit");
}
