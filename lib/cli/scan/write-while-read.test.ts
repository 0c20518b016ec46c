import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { measure } from "#lib/analysis/measure.ts";
import type { Database } from "#lib/db/server/database.ts";
import { writeSnapshot, writeWhileRead } from "#lib/db/write/write-snapshot.ts";
import { buildImageSnapshot } from "#lib/ingest/image/build-image-snapshot.ts";
import { scanLayer } from "#lib/ingest/layers/scan-layer.ts";
import { NO_SETTINGS } from "#lib/model/image-settings.ts";
import type { LayerScan } from "#lib/model/layer.ts";
import { toListing } from "#lib/model/layer-listing.ts";
import { buildTar, inChunks } from "#testing/builders/tar.ts";
import { openTestDatabase } from "#testing/run/database.ts";

const TABLES = ["artifact", "artifact_name", "layer", "blob", "content", "layer_entry"];

async function scanOf(path: string): Promise<LayerScan> {
  return scanLayer(inChunks(buildTar([{ path, body: path }])), { isDocument: () => false });
}

/** An image of these layers, as a scan of it ends. */
function snapshotOf(scans: readonly LayerScan[]) {
  const layers = scans.map(({ digest, diffId, downloadSize }) => {
    const place = { kind: "streamed", member: digest } as const;
    return {
      digest,
      diffId,
      storedSize: downloadSize,
      isDescribed: true,
      mediaType: "",
      createdBy: "",
      place,
      label: digest,
    };
  });
  const digest = scans[0]!.digest;
  const platform = { os: "linux", architecture: "amd64", variant: "" };
  const config = {
    platform,
    createdAt: "",
    command: [],
    searchPath: "",
    libraryPath: "",
    diffIds: [],
    createdBy: [],
    settings: NO_SETTINGS,
  };
  const read = scans.map((scan) => ({ scan, listing: toListing(scan) }));
  const readConfig = async () => new Uint8Array();
  const image = { name: "test", digest, configDigest: digest, config, layers, readConfig };
  const snapshot = buildImageSnapshot(image, "test", read);
  return { snapshot, measured: measure(snapshot.graph) };
}

describe("writing an image while it is read", () => {
  let database: Database;
  beforeAll(async () => {
    database = await openTestDatabase();
  });
  afterAll(() => database.close());
  afterEach(() => database.pool.query(`TRUNCATE ${TABLES.join(", ")} CASCADE`));

  async function countRows(): Promise<number[]> {
    const counts = [];
    for (const table of TABLES) {
      const { rows } = await database.pool.query<{ count: number }>(`SELECT count(*)::int AS count FROM ${table}`);
      counts.push(rows[0]!.count);
    }
    return counts;
  }

  it("leaves no written layer if a later one fails", async () => {
    const scan = await scanOf("a");
    const failed = Promise.withResolvers<never>();
    async function* failing() {
      yield scan;
      failed.reject(new Error("the second layer is damaged"));
    }
    const written = writeWhileRead(database.pool, {
      named: { digest: scan.digest, name: "test", source: "test" },
      scans: failing(),
      complete: () => failed.promise,
    });
    await expect(written).rejects.toThrow("the second layer is damaged");
    expect(await countRows()).toEqual(TABLES.map(() => 0));
  });

  it("shows an image only when all of its layers are written, in any order", async () => {
    const scans = [await scanOf("a"), await scanOf("b")];
    const seen: number[][] = [];
    async function* coming() {
      for (const scan of [...scans].reverse()) {
        yield scan;
        seen.push(await countRows());
      }
    }
    const made = snapshotOf(scans);
    await writeWhileRead(database.pool, { named: made.snapshot, scans: coming(), complete: async () => made });
    expect(seen).toEqual([TABLES.map(() => 0), TABLES.map(() => 0)]);
    expect(await countRows()).toEqual([1, 1, 2, 2, 2, 2]);
  });

  it("writes no layer of an image that another writer has stored meanwhile", async () => {
    const scan = await scanOf("a");
    const made = snapshotOf([scan]);
    const first = await writeSnapshot(database.pool, made.snapshot, made.measured);
    async function* never(): AsyncGenerator<LayerScan> {
      yield await Promise.reject(new Error("asked for a layer"));
    }
    const second = await writeWhileRead(database.pool, {
      named: { ...made.snapshot, name: "another" },
      scans: never(),
      complete: async () => made,
    });
    expect(second).toMatchObject({ artifactId: first.artifactId, known: true, naming: { added: true } });
    expect(await countRows()).toEqual([1, 2, 1, 1, 1, 1]);
  });

  it("writes a layer once if another writer stores it first", async () => {
    const scans = [await scanOf("a"), await scanOf("b")];
    const first = snapshotOf([scans[1]!]);
    await writeSnapshot(database.pool, first.snapshot, first.measured);
    const made = snapshotOf(scans);
    await writeWhileRead(database.pool, { named: made.snapshot, scans, complete: async () => made });
    expect(await countRows()).toEqual([2, 2, 2, 2, 2, 2]);
  });
});
