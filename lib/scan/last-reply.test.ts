import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { buildLargeTextImage } from "#testing/builders/hostile-image.ts";
import { openTestDatabase } from "#testing/run/database.ts";
import { runCli } from "#testing/run/run-cli.ts";

it("receives the outcome of a scan with many replies in flight: 10,000 warnings", async () => {
  const folder = mkdtempSync(join(tmpdir(), "stratigraph-reply-"));
  const database = await openTestDatabase();
  try {
    writeFileSync(join(folder, "image.tar"), buildLargeTextImage("large:1"));
    const { status, stderr } = await runCli(["scan", `docker-archive:${folder}/image.tar`], {
      databaseUrl: database.url,
    });
    expect([status, stderr]).toEqual([0, expect.stringContaining("10,000 warnings")]);
  } finally {
    await database.close();
    rmSync(folder, { recursive: true });
  }
});
