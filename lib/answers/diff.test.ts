import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findArtifact } from "#lib/db/queries/find-artifact.ts";
import type { Database } from "#lib/db/server/database.ts";
import { toExport } from "#lib/exports/to-export.ts";
import { buildDockerArchive } from "#testing/builders/image-archive.ts";
import { buildTar, type TarMember } from "#testing/builders/tar.ts";
import { makeCliSession } from "#testing/run/cli-session.ts";
import { openTestDatabase } from "#testing/run/database.ts";
import { answerDiff } from "./diff.ts";
import { makeReport } from "./reports.ts";

const { runJson: runCliJson } = makeCliSession();

/** More files than an answer lists. */
const FILES = 5120;

describe("a difference of more files than an answer lists", () => {
  let database: Database;
  const find = (name: string) => findArtifact(database.pool, name);

  beforeAll(async () => {
    database = await openTestDatabase();
    const images: [string, { path: string; body: string }[]][] = [
      ["bare", [{ path: "base", body: "b" }]],
      ["full", Array.from({ length: FILES }, (_, i) => ({ path: `f/${i}`, body: `${i}` }))],
    ];
    for (const [name, members] of images) {
      const input = [buildDockerArchive([buildTar(members)], { name })];
      await runCliJson(["scan", "docker-archive:-"], { databaseUrl: database.url, input });
    }
  });
  afterAll(() => database.close());

  it("is complete if all of it is requested, as an export does", async () => {
    const [bare, full] = [await find("bare"), await find("full")];
    const whole = await answerDiff(database.pool, bare, full, Number.POSITIVE_INFINITY);
    expect(whole.files?.changes).toHaveLength(FILES + 1);
    const cut = await answerDiff(database.pool, bare, full);
    expect(cut.files?.counts).toEqual({ added: FILES, removed: 1, content: 0, metadata: 0 });
    expect(cut.files?.changes).toEqual(whole.files?.changes.slice(0, 5000));
  });

  it("has exact counts in a report, however many rows the report has", async () => {
    const parts = [await find("bare"), await find("full")];
    const report = await makeReport(database.pool, { question: "diff", parts }, () => "bare → full");
    const url = "http://localhost/r/x";
    expect(toExport(report, "md", url).body).toContain(
      "… and 5081 more rows; 121 of them are not kept in this report.",
    );
    expect(toExport(report, "html", url).body).toContain("… 121 more rows are not kept in this report.");
    expect(JSON.parse(toExport(report, "json", url).body).answer.files.counts.added).toBe(FILES);
  });
});

describe("directories of two images", () => {
  let database: Database;
  beforeAll(async () => {
    database = await openTestDatabase();
    const left: TarMember[] = [
      { path: "same/", type: "5", mode: 0o755 },
      { path: "mode/", type: "5", mode: 0o755 },
      { path: "owner/", type: "5", mode: 0o755 },
      { path: "older/", type: "5", mode: 0o755, mtime: 1 },
      { path: "gone/", type: "5", mode: 0o755 },
      { path: "turned/", type: "5", mode: 0o755 },
    ];
    const right: TarMember[] = [
      { path: "same/", type: "5", mode: 0o755 },
      { path: "mode/", type: "5", mode: 0o700 },
      { path: "owner/", type: "5", mode: 0o755, uid: 7 },
      { path: "older/", type: "5", mode: 0o755, mtime: 2 },
      { path: "come/", type: "5", mode: 0o755 },
      { path: "turned", body: "a file" },
    ];
    for (const [name, members] of Object.entries({ left, right })) {
      const input = [buildDockerArchive([buildTar(members)], { name })];
      await runCliJson(["scan", "docker-archive:-"], { databaseUrl: database.url, input });
    }
  });
  afterAll(() => database.close());

  it("count only where their mode or owner changed", async () => {
    const { files, fileChanges } = await runCliJson<{ files: object; fileChanges: { change: string; path: string }[] }>(
      ["diff", "left", "right"],
      { databaseUrl: database.url },
    );
    expect(fileChanges.map(({ change, path }) => `${change} ${path}`)).toEqual([
      "metadata mode",
      "metadata owner",
      "content turned",
    ]);
    expect(files).toMatchObject({ added: 0, removed: 0, changed: 1, metadata: 2 });
  });
});
