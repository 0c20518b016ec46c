import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { openEnvironment } from "../environment.ts";
import { openEngine } from "./open-engine.ts";

const { signal } = new AbortController();

it("refuses a list of more images than an engine has, and one that is no list", async () => {
  const folder = mkdtempSync(join(tmpdir(), "stratigraph-engine-"));
  const socketPath = join(folder, "engine.sock");
  const lists = [JSON.stringify(Array.from({ length: 10_001 }, (_, i) => ({ Id: `${i}` }))), '{"message":"no"}'];
  const server = createServer((_, response) => response.end(lists.shift())).listen(socketPath);
  await once(server, "listening");
  const access = { baseDir: folder, hasStdin: false, allowed: "all" } as const;
  const environment = {
    ...openEnvironment(access),
    variables: { ...process.env, DOCKER_HOST: `unix://${socketPath}` },
  };
  try {
    await expect(openEngine("", { environment, signal })).rejects.toThrow("expected at most 10000 elements, got 10001");
    await expect(openEngine("", { environment, signal })).rejects.toThrow("document: expected an array, got");
  } finally {
    server.closeAllConnections();
    server.close();
    rmSync(folder, { recursive: true });
  }
});
