import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Database } from "#lib/db/server/database.ts";
import { CHUNK_SIZES } from "#lib/model/chunk.ts";
import { buildDockerArchive } from "#testing/builders/image-archive.ts";
import { writeGeneratedStore } from "#testing/builders/store.ts";
import { buildTar } from "#testing/builders/tar.ts";
import { openTestDatabase } from "#testing/run/database.ts";
import { newRequest } from "./new-request.ts";
import { runScan } from "./run-scan.ts";
import type { ScanEvent } from "./scan-event.ts";

const PATHS = 40;
const folder = mkdtempSync(join(tmpdir(), "stratigraph-events-"));
const layers = ["a", "b"].map((name) => gzipSync(buildTar([{ path: name, body: name.repeat(70_000) }])));
const layerBytes = layers.reduce((sum, { length }) => sum + length, 0);

describe("a listener receives every event of a scan, without a terminal", () => {
  let database: Database;

  beforeAll(async () => {
    database = await openTestDatabase();
    writeFileSync(join(folder, "image.tar"), buildDockerArchive(layers, { names: ["web:1", "web:2"] }));
    writeGeneratedStore(join(folder, "db.sqlite"), { seed: 1, pathCount: PATHS, referenceCount: 80, flavour: "nix" });
  });
  afterAll(async () => {
    await database.close();
    rmSync(folder, { recursive: true });
  });

  async function listen(source: string): Promise<ScanEvent[]> {
    const events: ScanEvent[] = [];
    const access = { baseDir: folder, hasStdin: false, allowed: "all" } as const;
    const request = newRequest(source, access, "all");
    await runScan(
      { kind: "scan", request: { ...request, chunks: CHUNK_SIZES } },
      {
        databaseUrl: database.url,
        signal: new AbortController().signal,
        onEvent: (event) => events.push(event),
      },
    );
    return events;
  }

  /** Each event in a word or two; repetitions once. */
  function listSteps(events: readonly ScanEvent[]): string[] {
    const steps = events.map((event) =>
      event.type === "progress" ? [event.phase, event.image?.name].filter(Boolean).join(" ") : event.type,
    );
    return steps.filter((step, i) => step !== steps[i - 1]);
  }

  it("of images: phases in order, image by image, with counts", async () => {
    const events = await listen("docker-archive:image.tar");
    const first = ["reading web:1", "measuring web:1", "writing web:1", "outcome"];
    expect(listSteps(events)).toEqual(["opening", ...first, "reading web:2", "outcome"]);
    const progress = events.filter((event) => event.type === "progress");
    expect(new Set(progress.map(({ source }) => source))).toEqual(new Set(["docker-archive:image.tar"]));
    expect(progress.flatMap(({ image }) => image ?? [])).toContainEqual({ name: "web:2", index: 1, count: 2 });
    expect(progress.findLast(({ layersRead }) => layersRead === 2)).toEqual({
      type: "progress",
      phase: "reading",
      source: "docker-archive:image.tar",
      image: { name: "web:1", index: 0, count: 2 },
      layersRead: 2,
      layerCount: 2,
      layers: layers.map(({ length: bytes }) => ({ bytes, state: "read" })),
      bytesRead: layerBytes,
      totalBytes: layerBytes,
    });
  });

  it("of a store: phases, node count, notices", async () => {
    const events = await listen("nix-store:db.sqlite");
    expect(listSteps(events)).toEqual(["opening", "notice", "measuring", "writing", "outcome"]);
    expect(events).toContainEqual(expect.objectContaining({ phase: "measuring", nodeCount: PATHS }));
    const message = "only files are cut into chunks: pass --files too; the rest is scanned";
    expect(events).toContainEqual({ type: "notice", source: "nix-store:db.sqlite", message });
  });

  it("of a damaged source: phases until the failure, and its problem", async () => {
    writeFileSync(join(folder, "empty.tar"), "");
    const events = await listen("docker-archive:empty.tar");
    expect(listSteps(events)).toEqual(["opening", "outcome"]);
    expect(events.at(-1)).toMatchObject({ outcome: { artifactId: undefined, problems: [{ severity: "error" }] } });
  });
});
