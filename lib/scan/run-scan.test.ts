import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { gzipSync } from "node:zlib";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import type { Database } from "#lib/db/server/database.ts";
import { buildDockerArchive } from "#testing/builders/image-archive.ts";
import { buildMember, buildTar } from "#testing/builders/tar.ts";
import { openTestDatabase } from "#testing/run/database.ts";

const folder = mkdtempSync(join(tmpdir(), "stratigraph-run-"));
const file = join(folder, "image.tar");
let database: Database;

beforeAll(async () => {
  database = await openTestDatabase();
  writeFileSync(file, buildLongScan());
});
afterAll(async () => {
  await database.close();
  rmSync(folder, { recursive: true });
});
afterEach(() => database.pool.query("TRUNCATE artifact, layer, content CASCADE"));

/** A few hundred thousand files: reading and squashing them takes seconds, in long steps. */
function buildLongScan(): Uint8Array {
  const files = Array.from({ length: 120_000 }, (_, i) => ({ path: `d${i % 500}/file${i}`, body: `${i}` }));
  return buildDockerArchive([gzipSync(Buffer.concat([...files.map(buildMember), Buffer.alloc(1024)]), { level: 1 })]);
}

function startScan() {
  const child = spawn(process.execPath, ["bin/stratigraph.mjs", "scan", `docker-archive:${file}`], {
    env: { ...process.env, DATABASE_URL: database.url, NO_COLOR: "1" },
    stdio: ["ignore", "ignore", "pipe"],
    // A separate process group, so that a signal can reach all of it like a terminal's Ctrl-C.
    detached: true,
  });
  let stderr = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  return { child, ended: once(child, "close"), stderr: () => stderr };
}

/** The scanning process, once it exists. */
async function findScanProcess(parent: number): Promise<number> {
  for (let i = 0; i < 500; i++) {
    const [child] = readFileSync(`/proc/${parent}/task/${parent}/children`, "latin1").split(" ");
    if (child) return Number(child);
    await pause(10);
  }
  throw new Error("no process was started");
}

async function countStored(): Promise<number> {
  const { rows } = await database.pool.query<{ stored: number }>(
    "SELECT (SELECT count(*) FROM artifact)::int + (SELECT count(*) FROM layer)::int AS stored",
  );
  return rows[0]!.stored;
}

it.each([0, 600, 1200, 1900])(
  "Ctrl-C %i ms after its process starts is answered within a second, and nothing is stored",
  async (after) => {
    writeFileSync(file, buildLongScan());
    const { child, ended, stderr } = startScan();
    await findScanProcess(child.pid!);
    await pause(after);
    const pressed = performance.now();
    process.kill(-child.pid!, "SIGINT");
    const [status] = await ended;
    expect(performance.now() - pressed).toBeLessThan(1000);
    expect([status, stderr()]).toEqual([130, "stratigraph: interrupted; nothing half done was stored\n"]);
    expect(await countStored()).toBe(0);
  },
);

it("the death of the scanning process gives one line and exit 4, and nothing is stored", async () => {
  const { child, ended, stderr } = startScan();
  process.kill(await findScanProcess(child.pid!), "SIGKILL");
  const [status] = await ended;
  expect(status).toBe(4);
  expect(stderr()).toMatch(/^stratigraph: (error: )?the scanning process was killed \(SIGKILL\).*\n$/);
  expect(await countStored()).toBe(0);
});

it("the scanning process ends when its command is killed, and nothing is stored", async () => {
  const { child, ended } = startScan();
  const scanning = await findScanProcess(child.pid!);
  await pause(500);
  child.kill("SIGKILL");
  await ended;
  await expect.poll(() => isRunning(scanning), { timeout: 20_000 }).toBe(false);
  expect(await countStored()).toBe(0);
});

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    // ESRCH: no such process any more.
    return false;
  }
}

it("a small image is scanned in that process, too", async () => {
  writeFileSync(file, buildDockerArchive([buildTar([{ path: "a", body: "a" }])]));
  const { ended } = startScan();
  expect((await ended)[0]).toBe(0);
  expect(await countStored()).toBe(2);
});
