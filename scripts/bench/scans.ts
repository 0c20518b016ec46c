import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { watchUsage } from "#testing/run/watch-usage.ts";

export const PROJECT = fileURLToPath(new URL("../../", import.meta.url));

/** One scan in its own process against a running server: the time a person waits, and its peak memory. */
export async function scan(
  source: string,
  url: string,
  ...options: readonly string[]
): Promise<{ milliseconds: number; peakBytes: number }> {
  const started = performance.now();
  const child = spawn(process.execPath, ["bin/stratigraph.mjs", "scan", source, ...options], {
    cwd: PROJECT,
    env: { ...process.env, DATABASE_URL: url },
    stdio: ["ignore", "ignore", "inherit"],
  });
  const usage = watchUsage(child.pid!);
  const [status] = await once(child, "close");
  if (status !== 0) throw new Error(`scan ${source} ended with ${status}`);
  return { milliseconds: performance.now() - started, peakBytes: usage().peakBytes };
}

/** Removes everything, so that the next scan finds an empty database. */
export async function empty(url: string): Promise<void> {
  const { default: pg } = await import("pg");
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(
    "TRUNCATE artifact, layer, content, component, layer_entry, layer_document, node, edge, store_reference, chunk, content_chunk, store_file, packed_item CASCADE",
  );
  await client.query("TRUNCATE wasted_body, image_directory");
  await client.end();
}
