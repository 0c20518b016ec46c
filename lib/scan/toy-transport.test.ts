import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Database } from "#lib/db/server/database.ts";
import { UnreachableError } from "#lib/model/problem.ts";
import { openEnvironment } from "#lib/sources/environment.ts";
import { parseSource, spellSource } from "#lib/sources/parse-source.ts";
import { imageTransport } from "#lib/sources/transport.ts";
import { TRANSPORTS } from "#lib/sources/transports.ts";
import { writeStreamedLayout } from "#testing/builders/stream-layout.ts";
import { openToyImages } from "#testing/builders/toy-images.ts";
import { openTestDatabase } from "#testing/run/database.ts";
import type { ScanOutcome } from "./scan-event.ts";
import { scanSource } from "./scan-source.ts";

const folder = mkdtempSync(join(tmpdir(), "stratigraph-toy-"));
const fetched: string[] = [];
let isDown = false;

/** A new source needs only this row and the file that opens it. */
const toy = imageTransport({
  name: "toy",
  spellings: ["toy:NAME"],
  example: "toy:web",
  reads: "Images of a test, fetched when they are read.",
  isLocal: false,
  recognises: (path) => path === "teddy",
  parse: (name) => join(folder, name),
  open: async (layout) =>
    openToyImages(layout, (path) => {
      if (isDown) throw new UnreachableError("the toy does not answer");
      fetched.push(path);
    }),
});
const transports = [...TRANSPORTS, toy];
/** Not a local transport: the toy counts as remote. */
const access = { baseDir: folder, hasStdin: false, allowed: "remote" } as const;
const environment = openEnvironment(access);

describe("a transport that is one row and one file", () => {
  let database: Database;

  beforeAll(async () => {
    database = await openTestDatabase();
    const small = [{ path: "etc/motd", body: "hello" }];
    // Large enough for worker threads, even compressed.
    const large = [{ path: "usr/large", body: randomBytes(5 * 1024 ** 2) }];
    await writeStreamedLayout(join(folder, "small"), [small]);
    await writeStreamedLayout(join(folder, "large"), [small, large]);
  });
  afterAll(async () => {
    await database.close();
    rmSync(folder, { recursive: true });
  });

  async function scan(source: string): Promise<ScanOutcome[]> {
    fetched.length = 0;
    const outcomes: ScanOutcome[] = [];
    await scanSource({
      source,
      access,
      environment,
      transports,
      name: undefined,
      platform: "all",
      roots: [],
      manifestsOnly: false,
      files: false,
      chunks: undefined,
      pool: database.pool,
      signal: new AbortController().signal,
      emit: (event) => void (event.type === "outcome" && outcomes.push(event.outcome)),
    });
    return outcomes;
  }

  it("is guessed, and suggested for a misspelt word", () => {
    expect(spellSource("teddy", environment, transports)).toBe("toy:teddy");
    expect(() => parseSource("tyo:web", environment, transports)).toThrow("tyo:web: did you mean toy:web?");
    expect(() => parseSource("toy:", environment, transports)).toThrow("toy: is incomplete");
  });

  it("stores nothing if a layer cannot be fetched", async () => {
    isDown = true;
    for (const name of ["small", "large"]) await expect(scan(`toy:${name}`)).rejects.toThrow("the toy does not answer");
    isDown = false;
    const { rows } = await database.pool.query("SELECT FROM layer UNION ALL SELECT FROM artifact");
    expect(rows).toEqual([]);
  });

  it("is scanned: unknown layers are fetched once, known ones never", async () => {
    expect(await scan("toy:small")).toMatchObject([{ name: "small", known: false, problems: [] }]);
    expect(fetched).toHaveLength(1);
    expect(await scan("toy:large")).toMatchObject([{ name: "large", known: false, problems: [] }]);
    expect(fetched).toHaveLength(1);
    expect(await scan("toy:large")).toMatchObject([{ name: "large", known: true }]);
    expect(fetched).toEqual([]);
    const { rows } = await database.pool.query("SELECT name, source FROM artifact_name ORDER BY name");
    expect(rows).toEqual([
      { name: "large", source: "toy:large" },
      { name: "small", source: "toy:small" },
    ]);
  });
});
