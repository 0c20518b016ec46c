import pg from "pg";
import { describe, expect, it } from "vitest";
import { REPORT_FORMATS, toExport } from "#lib/exports/to-export.ts";
import { buildDockerArchive } from "#testing/builders/image-archive.ts";
import {
  insertOlderRows,
  OLDER_ANSWERS,
  OLDER_CLOSURE,
  OLDER_IMAGE,
  olderReportId,
} from "#testing/builders/older-rows.ts";
import { buildTar } from "#testing/builders/tar.ts";
import { createEmptyDatabase } from "#testing/run/database.ts";
import { runCli, runCliJson } from "#testing/run/run-cli.ts";
import { EARLIER_EDITIONS, migrate, readMigrations } from "./migrate.ts";
import { openReports } from "./reports/reports.ts";

const ALL = readMigrations();
/** Row of `_prisma_migrations` if the first migration was applied in its earlier edition. */
const [INIT, EARLIER_CHECKSUM] = [...EARLIER_EDITIONS][0]!;
const EARLIER_INDEX = `CREATE INDEX "store_reference_reference_id_idx" ON "store_reference"("reference_id")`;

/** A database as left by the program that knew this many migrations. */
async function makeOlder(count: number, edition: "landed first" | "written anew"): Promise<string> {
  const url = await createEmptyDatabase();
  const pool = new pg.Pool({ connectionString: url });
  const applied = await migrate(pool, ALL.slice(0, count));
  if (edition === "landed first") {
    await pool.query(EARLIER_INDEX);
    await pool.query("UPDATE _prisma_migrations SET checksum = $2 WHERE migration_name = $1", [INIT, EARLIER_CHECKSUM]);
  }
  await insertOlderRows(pool, applied);
  await pool.end();
  return url;
}

interface ArtifactJson {
  name: string;
  names: string[];
  rootfsSize?: number;
  closureSize?: number;
}

/** Everything stored is still present, gives the same answers, and can be compared, removed and added to. */
async function expectKept(databaseUrl: string, reportCount: number): Promise<void> {
  const json = <T>(...args: string[]) => runCliJson<T>(args, { databaseUrl });
  const { artifacts } = await json<{ artifacts: ArtifactJson[] }>("list");
  expect(artifacts).toMatchObject([
    // It had the image's name before the name moved.
    { name: OLDER_CLOSURE.name, names: [OLDER_CLOSURE.name], closureSize: OLDER_CLOSURE.bytes },
    { name: OLDER_IMAGE.name, names: [OLDER_IMAGE.name], rootfsSize: OLDER_IMAGE.bytes },
  ]);
  expect(await json("show", OLDER_IMAGE.name)).toMatchObject({
    layers: [{ createdBy: "COPY . ." }],
    components: { deb: 2 },
  });
  expect(await json("closure", OLDER_CLOSURE.root)).toMatchObject({
    nodes: [{ retainedSize: 300 }, { retainedSize: 200 }],
  });
  await json("migrate", "--rebuild");
  const { totals } = await json<{ totals: object }>("diff", OLDER_IMAGE.name, OLDER_CLOSURE.name);
  expect(totals).toMatchObject({ left: OLDER_IMAGE.bytes, right: OLDER_CLOSURE.bytes });
  await expectReports(databaseUrl, reportCount);
}

async function expectReports(databaseUrl: string, count: number): Promise<void> {
  const pool = new pg.Pool({ connectionString: databaseUrl });
  for (const answer of OLDER_ANSWERS.slice(0, count)) {
    const report = await openReports(pool).get(olderReportId(answer));
    expect(report).toMatchObject({ title: `an older ${answer.question}`, answer });
    expect(JSON.parse(toExport(report!, "json", "http://here/").body).answer).toEqual(answer);
    for (const format of REPORT_FORMATS.filter((each) => each !== "json")) {
      expect(() => toExport(report!, format, "http://here/")).toThrow("only its JSON can be exported");
    }
  }
  await pool.end();
}

async function expectUsable(databaseUrl: string): Promise<void> {
  const input = [buildDockerArchive([buildTar([{ path: "etc/motd", body: "new" }])])];
  expect(await runCli(["scan", "docker-archive:-"], { databaseUrl, input })).toMatchObject({ status: 0 });
  for (const name of [OLDER_IMAGE.name, OLDER_CLOSURE.name, "test:latest"])
    expect(await runCli(["rm", name], { databaseUrl })).toMatchObject({ status: 0 });
  expect(await runCliJson(["list"], { databaseUrl })).toEqual({ artifacts: [] });
}

describe("a database of an older program", () => {
  it.each(ALL.map(({ name }, i) => ({ name, count: i + 1 })))("keeps everything from $name on", async ({ count }) => {
    const url = await makeOlder(count, "written anew");
    const hadReports = ALL.slice(0, count).some(({ name }) => name.endsWith("_reports"));
    await expectKept(url, hadReports ? OLDER_ANSWERS.length : 0);
  });

  it("keeps everything from the first edition of the first migration on, and stays usable", async () => {
    const url = await makeOlder(1, "landed first");
    await expectKept(url, 0);
    await expectUsable(url);
    const pool = new pg.Pool({ connectionString: url });
    const { rows } = await pool.query("SELECT to_regclass('store_reference_reference_id_idx') AS index");
    await pool.end();
    expect(rows).toEqual([{ index: null }]);
  });
});
