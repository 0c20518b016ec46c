import { randomBytes } from "node:crypto";
import { expect, test } from "@playwright/test";
import { writeStreamedLayout } from "#testing/builders/stream-layout.ts";
import { type HeldRegistry, startHeldRegistry } from "#testing/run/held-registry.ts";
import { areInstalled, startRegistry, type TestRegistry } from "#testing/run/registry.ts";
import { expectAccessible } from "./accessible.ts";
import { openPage } from "./open-page.ts";

// Can a colleague scan an image of a registry without a terminal, and see what becomes of it?

/** Scans of other tests may be writing to the same database, one after another. */
const SCAN_MS = 60_000;

const body = (bytes: number) => randomBytes(bytes).toString("latin1");

test.describe("scans from the page", () => {
  // The server has one worker, and the first test holds it for a while.
  test.describe.configure({ mode: "serial" });
  test.skip(!areInstalled("docker-registry", "skopeo"), "needs docker-registry and skopeo");
  let registry: TestRegistry;
  let held: HeldRegistry;
  let baseLayout: string;

  test.beforeAll(async ({ browserName: _ }, testInfo) => {
    registry = await startRegistry();
    held = await startHeldRegistry(registry.host);
    const base = [{ path: "usr/lib/base", body: body(200_000) }];
    const app = [{ path: "usr/bin/app", body: body(400_000) }];
    baseLayout = await writeStreamedLayout(testInfo.outputPath("base"), [base]);
    await registry.push(baseLayout, "shop/base:1");
    await registry.push(await writeStreamedLayout(testInfo.outputPath("app"), [base, app]), "shop/app:1.5");
  });
  test.afterAll(async () => {
    await held.stop();
    await registry.stop();
  });

  test("a scan by name is watched, survives a reload, is cancelled, and goes through when asked for again", async ({
    page,
    browser,
  }) => {
    test.slow();
    const base = `${registry.host}/shop/base:1`;
    const app = `${held.host}/shop/app:1.5`;
    await openPage(page, "/");
    await page.keyboard.press("s");
    const dialog = page.getByRole("dialog", { name: "Scan" });
    await dialog.getByLabel("Image in a registry").fill(`docker pull ${base}`);
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL(/\/jobs$/);
    const row = (text: string) => page.getByRole("listitem").filter({ hasText: text });
    await expect(row(base)).toContainText(/1 component, 0 edges · 1 layer read/, { timeout: SCAN_MS });

    await page.getByRole("button", { name: "Scan…" }).click();
    await dialog.getByLabel("Image in a registry").fill(app);
    await dialog.getByRole("button", { name: "Scan" }).click();
    const progress = /Layer 2 of 2 · .+ of .+ · 1 layer was already known/;
    await expect(row(app)).toContainText(progress, { timeout: SCAN_MS });
    await expect(page.getByRole("banner").getByRole("link", { name: "1 scanning" })).toBeVisible();
    await expectAccessible(page);

    await page.reload();
    await expect(row(app)).toContainText(progress);
    const other = await (await browser.newContext()).newPage();
    await openPage(other, "/");
    const seen = other.getByRole("region", { name: "Artifacts" }).getByRole("listitem").filter({ hasText: app });
    await expect(seen).toContainText(progress);

    await row(app)
      .getByRole("button", { name: `Cancel docker://${app}` })
      .click();
    await expect(row(app)).toContainText("Cancelled");
    await expect(seen).toHaveCount(0);
    await openPage(other, "/?q=shop/app");
    await expect(other.getByText("No artifact has a name with shop/app in it.")).toBeVisible();

    held.release();
    await row(app)
      .getByRole("button", { name: /^Scan again/ })
      .click();
    await row(app)
      .getByRole("link", { name: `Open ${app}` })
      .click({ timeout: SCAN_MS });
    await expect(page.getByRole("heading", { level: 1, name: app })).toBeVisible();
    // The other browser was told.
    await expect(other.getByRole("checkbox", { name: `Select ${app}` })).toBeVisible();
    await other.context().close();
  });

  test("tags are completed from the registry, and several are scanned at once", async ({ page }) => {
    test.slow();
    const tagged = `${registry.host}/shop/tagged`;
    for (const tag of ["1.0", "1.1", "2.0"]) await registry.push(baseLayout, `shop/tagged:${tag}`);
    await openPage(page, "/jobs");
    await page.keyboard.press("s");
    const dialog = page.getByRole("dialog", { name: "Scan" });
    const field = dialog.getByLabel("Image in a registry");
    await field.fill(`${registry.host}/shop/tag`);
    await dialog.getByRole("button", { name: tagged }).click({ timeout: SCAN_MS });
    await expect(field).toHaveValue(`${tagged}:`);
    await expect(dialog.getByRole("checkbox", { name: /^\d/ })).toHaveCount(3);
    await field.fill(`${tagged}:1.`);
    await expect(dialog.getByRole("checkbox", { name: /^\d/ })).toHaveCount(2);
    await dialog.getByRole("checkbox", { name: "1.0" }).check();
    await dialog.getByRole("checkbox", { name: "1.1" }).check();
    // The base was scanned before, from the same registry.
    await expect(dialog.getByRole("group", { name: "Tags" })).toContainText("1 of 1 layer known");
    await expect(dialog.getByRole("status")).toHaveText("0 B to download for 2 tags");
    await expectAccessible(page);
    await dialog.getByRole("button", { name: "Scan 2 tags" }).click();
    for (const tag of ["1.0", "1.1"]) {
      const row = page.getByRole("listitem").filter({ hasText: `docker://${tagged}:${tag}` });
      await expect(row).toContainText("already scanned", { timeout: SCAN_MS });
    }
    await page.keyboard.press("s");
    await field.fill(`${registry.host}/shop/nothing:`);
    await expect(dialog).toContainText(`${registry.host} has no repository shop/nothing`);
    await field.fill("127.0.0.1:1/shop/app:");
    await expect(dialog).toContainText("127.0.0.1:1: connection refused", { timeout: SCAN_MS });
  });

  test("a source is watched, listed with its next time, and no longer watched", async ({ page }) => {
    test.slow();
    const base = `${registry.host}/shop/base:1`;
    await openPage(page, "/jobs");
    await page.keyboard.press("s");
    const dialog = page.getByRole("dialog", { name: "Scan" });
    await dialog.getByLabel("Image in a registry").fill(base);
    await dialog.getByLabel("Scan again every").check();
    await dialog.getByRole("button", { name: "Scan", exact: true }).click();
    const watched = page.getByRole("list", { name: "Watched sources" }).getByRole("listitem").filter({ hasText: base });
    await expect(watched).toContainText(/every 6h · next in (5 h 59 min|6 h)/);
    await expectAccessible(page);
    await watched.getByRole("button", { name: `Stop watching docker://${base}` }).click();
    await expect(watched).toHaveCount(0);
  });

  test("an image that the registry does not have fails with one line, and can be removed from the list", async ({
    page,
  }) => {
    const missing = `${registry.host}/shop/base:10`;
    await openPage(page, "/jobs");
    await page.keyboard.press("s");
    await page.getByLabel("Image in a registry").fill(missing);
    await page.keyboard.press("Enter");
    const row = page.getByRole("listitem").filter({ hasText: missing });
    await expect(row).toContainText(/no such tag; did you mean :1\? Trying again will not help\./i, {
      timeout: SCAN_MS,
    });
    await openPage(page, "/");
    await expect(row).toContainText("Trying again will not help.");
    await row.getByRole("button", { name: "Remove" }).click();
    await expect(row).toHaveCount(0);
  });
});

test("a wrong reference is one line under the field, and nothing is queued", async ({ page }) => {
  await openPage(page, "/");
  await page.keyboard.press("s");
  const dialog = page.getByRole("dialog", { name: "Scan" });
  const field = dialog.getByLabel("Image in a registry");
  await expect(field).toBeFocused();
  await field.fill("localhost:5000/Shop/app");
  await page.keyboard.press("Enter");
  await expect(dialog).toContainText("docker://localhost:5000/Shop/app: Shop/app is not a repository");
  await field.fill("docker-archive:/etc/passwd");
  await page.keyboard.press("Enter");
  await expect(dialog).toContainText("transport docker-archive is not allowed here");
  await expectAccessible(page);
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await openPage(page, "/jobs");
  await expect(page.getByText("docker-archive:/etc/passwd")).toHaveCount(0);
});

test("keys that work alone can be switched off, in this browser", async ({ page }) => {
  await openPage(page, "/");
  await page.keyboard.press("Control+k");
  await page.getByRole("checkbox", { name: /Keys without Ctrl/ }).uncheck();
  await page.keyboard.press("Escape");
  await openPage(page, "/");
  await page.keyboard.press("s");
  await page.keyboard.press("/");
  await page.keyboard.press("Control+k");
  await expect(page.getByRole("dialog")).toHaveCount(1);
  await page.getByRole("checkbox", { name: /Keys without Ctrl/ }).check();
  await page.keyboard.press("Escape");
  await page.keyboard.press("s");
  await expect(page.getByRole("dialog", { name: "Scan" })).toBeVisible();
});

test("a letter typed in a field opens nothing", async ({ page }) => {
  await openPage(page, "/");
  await page.getByRole("searchbox", { name: "Filter by name" }).fill("");
  await page.getByRole("searchbox", { name: "Filter by name" }).press("s");
  await expect(page.getByRole("dialog")).toHaveCount(0);
});

test("a form from another site queues nothing", async ({ request }) => {
  const sent = await request.post(`${process.env.STRATIGRAPH_URL}/jobs/scan`, {
    form: { source: "nginx" },
    headers: { "sec-fetch-site": "cross-site" },
  });
  expect(sent.status()).toBe(403);
});
