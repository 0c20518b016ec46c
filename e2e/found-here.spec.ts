import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { buildDockerArchive } from "#testing/builders/image-archive.ts";
import { buildTar } from "#testing/builders/tar.ts";
import { startEngine } from "#testing/run/engine.ts";
import { areInstalled } from "#testing/run/registry.ts";
import { expectAccessible } from "./accessible.ts";
import { startProduct } from "./start-server.ts";

// Does an empty page offer what is here, read nothing before it is asked to, and fill in by itself?

test("an empty page offers this machine's engine, and fills in after one click", async ({ page }) => {
  test.skip(!areInstalled("podman"), "needs podman");
  test.slow();
  const home = mkdtempSync(join(tmpdir(), "stratigraph-found-"));
  const engine = await startEngine();
  await engine.load([buildDockerArchive([buildTar([{ path: "etc/motd", body: "hello" }])], { name: "shop/app:1" })]);
  const env = { STRATIGRAPH_DATA: home, DOCKER_HOST: `unix://${engine.socketPath}` };
  const server = await startProduct(["serve", "--json"], env);
  let worker: ChildProcess | undefined;
  try {
    await page.goto(server.url);
    const found = page.getByRole("list", { name: "Found on this machine" });
    const podman = found.getByRole("listitem").filter({ hasText: "Podman" });
    await expect(podman).toContainText("1 image");
    await expect(podman).toContainText("shop/app:1");
    await expect(found).toContainText(/No store with a database at \S+db\.sqlite/);
    await expectAccessible(page);
    await page.goto(`${server.url}/lineage`);
    await expect(page.getByText("No image has been scanned yet.")).toBeVisible();
    await expect(page.getByRole("heading")).toHaveText(["Lineage"]);
    await expect(page.getByRole("main").getByRole("button", { name: "Scan…" })).toBeVisible();
    await expectAccessible(page);
    await page.goto(server.url);
    await podman.getByRole("button", { name: "Choose images" }).click();
    const dialog = page.getByRole("dialog", { name: "Scan" });
    await dialog.getByRole("tab", { name: "This machine" }).click();
    await dialog.getByRole("checkbox", { name: /shop\/app:1/ }).check();
    await expectAccessible(page);
    await dialog.getByRole("button", { name: "Scan 1" }).click();
    await expect(page).toHaveURL(/\/jobs$/);
    await expect(page.getByRole("listitem").filter({ hasText: "shop/app:1" })).toContainText("Waiting for a worker");
    await expect(page.getByText("No worker is running.")).toBeVisible();
    worker = spawn(process.execPath, ["bin/stratigraph.mjs", "worker"], {
      env: { ...process.env, ...env, DATABASE_URL: "" },
      stdio: "ignore",
    });
    await page.goto(server.url);
    const row = page.getByRole("region", { name: "Artifacts" }).getByRole("link", { name: /shop\/app:1/ });
    await expect(row).toBeVisible({ timeout: 60_000 });
  } finally {
    if (worker !== undefined) {
      const ended = once(worker, "exit");
      worker.kill("SIGTERM");
      await ended;
    }
    await server.stop();
    await engine.stop();
    rmSync(home, { recursive: true });
  }
});
