import { randomUUID } from "node:crypto";
import { expect, test } from "@playwright/test";
import pg from "pg";
import { openDatabase } from "#lib/db/server/database.ts";
import { startProduct } from "./start-server.ts";

// What does a reader see if the database is too slow? The spec has its own database and server, so that others are not affected.

const SHORT = 500;

test("a cancelled query is reported, on pages and instead of files", async ({ page, request }) => {
  const embedded = await openDatabase({ ...process.env, DATABASE_URL: undefined });
  const name = `slow_${randomUUID().replaceAll("-", "")}`;
  await embedded.pool.query(`CREATE DATABASE ${name}`);
  const databaseUrl = embedded.url.replace(/\/[^/]*$/, `/${name}`);
  const server = await startProduct(["serve"], { DATABASE_URL: `${databaseUrl}?statement_timeout=${SHORT}` });
  try {
    const holder = new pg.Client(databaseUrl);
    // If the test fails, dropping the database ends this connection, too.
    holder.on("error", () => undefined);
    await holder.connect();
    await holder.query("BEGIN; LOCK TABLE artifact, report, named_set IN ACCESS EXCLUSIVE MODE");

    for (const path of ["/", "/reports"]) {
      await page.goto(server.url + path);
      await expect(page.getByRole("heading", { name: "This page failed to load" }), path).toBeVisible();
      await expect(page.getByText("The database took too long to answer, and the query was cancelled.")).toBeVisible();
    }
    for (const path of ["/artifacts.csv", "/search?q=a", "/r/0123456789abcdef/export/csv"]) {
      const answer = await request.get(server.url + path);
      expect([path, answer.status(), await answer.text()]).toEqual([
        path,
        503,
        "The database took too long to answer, and the query was cancelled.\n",
      ]);
    }

    await holder.query("ROLLBACK");
    await holder.end();
    await page.getByRole("button", { name: "Try again" }).click();
    await expect(page.getByRole("heading", { name: "Reports" })).toBeVisible();
  } finally {
    await server.stop();
    await embedded.pool.query(`DROP DATABASE ${name} WITH (FORCE)`);
    await embedded.close();
  }
});
