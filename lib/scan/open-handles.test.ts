import { mkdtempSync, readdirSync, readlinkSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync, zstdCompressSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Database } from "#lib/db/server/database.ts";
import { UnreachableError } from "#lib/model/problem.ts";
import { openEnvironment } from "#lib/sources/environment.ts";
import { buildDockerArchive } from "#testing/builders/image-archive.ts";
import { buildTar } from "#testing/builders/tar.ts";
import { openTestDatabase } from "#testing/run/database.ts";
import { newRequest } from "./new-request.ts";
import type { ScanEvent, ScanOutcome } from "./scan-event.ts";
import { scanSource } from "./scan-source.ts";

/** More than a layer's head, which is read before the rest. */
const BODY = Buffer.alloc(3 * 1024 ** 2, "x");
const good = buildTar([
  { path: "etc/motd", body: "hello" },
  { path: "usr/large", body: BODY },
]);

function damaged(bytes: Uint8Array, at: number): Uint8Array {
  const copy = Uint8Array.from(bytes);
  copy.fill(0xff, at, at + 8);
  return copy;
}

/** Ways in which a layer can end early; each layer is read through its own handle. */
const LAYERS: Record<string, Uint8Array> = {
  "no tar": Buffer.from("a README, no layer\n".repeat(1000)),
  "damaged in its first header": damaged(good, 100),
  "damaged in its second header": damaged(good, 1024 + 100),
  "cut in a body": good.subarray(0, 2 * 1024 ** 2),
  "damaged gzip": damaged(gzipSync(good), 40),
  "cut gzip": gzipSync(good).subarray(0, 200),
  "damaged zstd": damaged(zstdCompressSync(good), 40),
  "an unsupported compression": Buffer.from("fd377a585a000004".repeat(500), "hex"),
  "another diffID": gzipSync(buildTar([{ path: "etc/other", body: "other" }])),
};
/** Enough for Node to warn of listeners (ten), and for a leak to add up. */
const TIMES = 12;

describe.runIf(process.platform === "linux")("a scan leaves no file open and causes no warning of Node", () => {
  const folder = mkdtempSync(join(tmpdir(), "stratigraph-handles-"));
  const warnings: string[] = [];
  const listen = ({ name, message }: Error) => warnings.push(`${name}: ${message}`);
  let database: Database;

  beforeAll(async () => {
    database = await openTestDatabase();
    process.on("warning", listen);
  });
  afterAll(async () => {
    process.off("warning", listen);
    await database.close();
    rmSync(folder, { recursive: true });
  });

  function write(name: string, bytes: Uint8Array): string {
    writeFileSync(join(folder, name), bytes);
    return join(folder, name);
  }

  /** In this process, so that its handles can be counted; its threads share them. */
  async function scan(source: string, signal = new AbortController().signal): Promise<ScanOutcome[]> {
    const outcomes: ScanOutcome[] = [];
    const emit = (event: ScanEvent) => void (event.type === "outcome" && outcomes.push(event.outcome));
    const access = { baseDir: folder, hasStdin: false, allowed: "all" } as const;
    const request = newRequest(source, access, "all");
    const environment = openEnvironment(access);
    await scanSource({ ...request, pool: database.pool, signal, emit, environment });
    return outcomes;
  }

  /** Files of the test that this process has open. */
  function listOpen(): string[] {
    return readdirSync("/proc/self/fd").flatMap((fd) => {
      try {
        const path = readlinkSync(`/proc/self/fd/${fd}`);
        return path.startsWith(folder) ? [path] : [];
      } catch {
        // The handle with which the folder itself was listed.
        return [];
      }
    });
  }

  /**
   * A handle is closed in another thread, which on a busy machine may run a moment after the scan has ended; a leak stays open.
   */
  async function expectAllClosed(): Promise<void> {
    await expect.poll(listOpen, { timeout: 5000 }).toEqual([]);
  }

  it.each(Object.keys(LAYERS))("whose layer is %s", async (name) => {
    // A gzip stream that does not expand has no diffID that the test could compute.
    const diffIds = /diffID|gzip/.test(name) ? [`sha256:${"0".repeat(64)}`] : undefined;
    const archive = write("bad.tar", buildDockerArchive([LAYERS[name]!], { diffIds }));
    for (let i = 0; i < TIMES; i++) {
      const outcomes = await scan(`docker-archive:${archive}`);
      expect(outcomes).toMatchObject([{ artifactId: undefined, problems: [{ severity: "error" }] }]);
    }
    await expectAllClosed();
  });

  it("that is not an archive, is compressed and truncated, or is not a store", async () => {
    const sources = [
      `docker-archive:${write("readme", Buffer.from("no archive\n".repeat(1000)))}`,
      `docker-archive:${write("cut.tar.gz", gzipSync(buildDockerArchive([good])).subarray(0, 900))}`,
      `oci-archive:${write("empty", Buffer.alloc(0))}`,
      `nix-store:${write("db.sqlite", Buffer.from("no database".repeat(1000)))}`,
    ];
    for (let i = 0; i < TIMES; i++) {
      for (const source of sources) expect(await scan(source)).toMatchObject([{ artifactId: undefined }]);
      await expect(scan("docker-archive:missing.tar")).rejects.toThrow(UnreachableError);
    }
    await expectAllClosed();
  });

  it("that is interrupted", async () => {
    const archive = write("good.tar", buildDockerArchive([good, gzipSync(good)]));
    for (let i = 0; i < TIMES; i++) {
      const interrupt = new AbortController();
      setTimeout(() => interrupt.abort(), i);
      const scanning = scan(`docker-archive:${archive}`, interrupt.signal);
      await expect(scanning).rejects.toMatchObject({ name: "AbortError" });
    }
    await expectAllClosed();
  });

  it("that ends well", async () => {
    for (let i = 0; i < TIMES; i++) {
      const layer = buildTar([{ path: `etc/${i}`, body: BODY }]);
      const archive = write("good.tar", buildDockerArchive([layer, good], { name: `good:${i}` }));
      expect(await scan(`docker-archive:${archive}`)).toMatchObject([{ artifactId: expect.any(Number) }]);
    }
    await expectAllClosed();
  });

  it("and causes no warning: of too many listeners, or of a handle closed by the garbage collector", () => {
    expect(warnings).toEqual([]);
  });
});
