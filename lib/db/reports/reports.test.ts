import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Database } from "#lib/db/server/database.ts";
import { buildDiffAnswer, buildReport } from "#testing/builders/answers.ts";
import { openTestDatabase } from "#testing/run/database.ts";
import { MAX_REPORTS, openReports, type Reports } from "./reports.ts";

describe("permalink reports", () => {
  let database: Database;
  let reports: Reports;
  const report = buildReport(buildDiffAnswer("left-pad"));

  beforeAll(async () => {
    database = await openTestDatabase();
    reports = openReports(database.pool);
    await reports.save(report);
  });
  afterAll(() => database.close());

  it("survives saving and loading unchanged", async () => {
    expect(await reports.get(report.id)).toEqual(report);
    expect(await reports.get("nothing")).toBeUndefined();
  });

  it("stays unchanged when it is saved again", async () => {
    await reports.describe(report.id, { note: "before the freeze" });
    await reports.save({ ...report, title: "another" });
    expect(await reports.get(report.id)).toEqual({ ...report, note: "before the freeze" });
  });

  it("keeps text with characters that Postgres would reject", async () => {
    await reports.describe(report.id, { title: "a\0b", note: "half \ud83d" });
    expect(await reports.get(report.id)).toMatchObject({ title: "a\ufffdb", note: "half \ufffd" });
  });

  it("can be listed, described and removed", async () => {
    expect(await reports.describe("nothing", { title: "x" })).toBe(false);
    expect(await reports.describe(report.id, { title: "Ours" })).toBe(true);
    expect(await reports.list(10)).toMatchObject([{ id: report.id, title: "Ours", question: "diff" }]);
    expect(await reports.remove(report.id)).toBe(true);
    expect(await reports.list(10)).toEqual([]);
  });

  it("refuses one report more than the limit, and keeps the others unchanged", async () => {
    await database.pool.query(
      `INSERT INTO report (id, question, title, engine_version, answer)
       SELECT 'r' || n, 'diff', 'r', 1, '{}' FROM generate_series(1, $1) n`,
      [MAX_REPORTS - 1],
    );
    await reports.save(report);
    await expect(reports.save({ ...report, id: "one more" })).rejects.toThrow("the limit is 2,000 reports");
    await reports.save(report);
    expect(await reports.count()).toBe(MAX_REPORTS);
  });
});
