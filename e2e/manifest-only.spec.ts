import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { buildServedLayer, serveImages } from "#testing/run/toy-registry.ts";
import { startProduct } from "./start-server.ts";

// What can a person see of a registry whose layers were never read? The spec has its own database: others are not to see such images.

const base = buildServedLayer([{ path: "etc/motd", body: "hello".repeat(1000) }]);
const app = buildServedLayer([{ path: "usr/bin/app", body: "#!/bin/sh\n".repeat(50) }]);

test("images that are known by their manifests are marked, share layers by download, and say how to read them", async ({
  page,
  request,
}) => {
  const home = mkdtempSync(join(tmpdir(), "stratigraph-manifests-"));
  const registry = await serveImages([
    { repository: "shop/base", tag: "1", layers: [base] },
    { repository: "shop/app", tag: "1", layers: [base, app] },
  ]);
  const env = { ...process.env, STRATIGRAPH_DATA: home, DATABASE_URL: "" };
  const scan = ["bin/stratigraph.mjs", "scan", `docker://${registry.host}/`, "--manifests-only"];
  const [status] = await once(spawn(process.execPath, scan, { env, stdio: "ignore" }), "close");
  expect(status).toBe(0);
  const server = await startProduct(["serve"], { STRATIGRAPH_DATA: home });
  try {
    await page.goto(server.url);
    await expect(page.getByText("Storage for 2 images, compressed, as a registry stores them")).toBeVisible();
    const row = page.getByRole("row", { name: /shop\/app:1/ });
    await expect(row).toContainText("image, manifest only");
    await row.getByRole("link", { name: /shop\/app:1/ }).click();
    const command = `stratigraph scan docker://${registry.host}/shop/app:1`;
    await expect(page.getByRole("note")).toContainText(command);
    await expect(page.getByRole("link", { name: "Open the graph" })).toHaveCount(0);
    const address = page.url();

    await page.goto(`${address}/graph`);
    await expect(page.getByText(command)).toBeVisible();
    const nodes = await request.get(`${address}/nodes.csv`);
    expect([nodes.status(), await nodes.text()]).toEqual([409, expect.stringContaining(command)]);

    const names = ["base", "app"].map((name) => `${registry.host}/shop/${name}:1`);
    await page.goto(`${server.url}/compare?a=${names[0]}&b=${names[1]}`);
    await expect(page.getByRole("heading", { name: "The difference is not known" })).toBeVisible();
    await page.getByRole("link", { name: "overlap", exact: true }).click();
    await expect(page.getByRole("heading", { name: /^Overlap of/ })).toBeVisible();
    await expect(page.getByRole("note")).toContainText(
      "known by their manifests alone, so all bytes are those of downloads",
    );
    await page.getByRole("link", { name: "Savings" }).last().click();
    const ladder = page.getByRole("region", { name: "The ladder" });
    await expect(ladder.getByRole("row")).toHaveCount(5);
    await expect(ladder).toContainText("blob");
  } finally {
    await server.stop();
    await registry.stop();
    rmSync(home, { recursive: true });
  }
});
