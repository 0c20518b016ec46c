import { writeFileSync } from "node:fs";
import { expect, test } from "@playwright/test";
import { buildDockerArchive } from "#testing/builders/image-archive.ts";
import { buildTar } from "#testing/builders/tar.ts";
import { expectAccessible } from "./accessible.ts";
import { address } from "./address.ts";
import { openPage } from "./open-page.ts";
import { stratigraph } from "./stratigraph.ts";

// A base has moved: who is behind, what does building again cost, and what do the old snapshots still occupy?

// The set-up moves a name: one worker.
test.describe.configure({ mode: "serial" });

const KIB = 1024;

test.beforeAll(({ browserName: _ }, testInfo) => {
  const layer = (path: string, size: number) => buildTar([{ path, body: path.charAt(4).repeat(size * KIB) }]);
  const scan = (name: string, ...layers: Uint8Array[]) => {
    const file = testInfo.outputPath(`${name.replaceAll(/\W/g, "-")}-${layers.length}.tar`);
    writeFileSync(file, buildDockerArchive(layers, { name, config: { os: "linux", architecture: "amd64" } }));
    stratigraph("scan", `docker-archive:${file}`);
  };
  const [old, app, tool] = [layer("etc/a-old", 90), layer("usr/b-app", 30), layer("usr/c-tool", 10)];
  scan("e2e/lineage-os:1", old);
  scan("e2e/lineage-app:1", old, app);
  scan("e2e/lineage-tool:1", old, app, tool);
  scan("e2e/lineage-os:1", layer("etc/d-new", 95));
});

test("the page is reached from every other, and shows a family with its stale images", async ({ page }) => {
  await openPage(page, "/");
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Lineage" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Lineage");
  await openPage(page, "/lineage?q=lineage-");
  const family = page.getByRole("article");
  await expect(family).toHaveCount(1);
  await expect(family).toContainText("older than e2e/lineage-os:1 · 1 stale");
  await expect(family).toContainText("frees 130.0 KiB on a disk, once nothing uses it");
  // The older base has lost its name, which is shown with its id; first in the heading.
  const older = /^e2e\/lineage-os:1 \(older, [0-9a-f]{16}\)$/;
  await expect(family.getByRole("link", { name: /^e2e\/lineage/ })).toHaveText([
    older,
    older,
    "e2e/lineage-app:1",
    "e2e/lineage-tool:1",
  ]);
});

test("stale images are listed in waves, with what differs between the two bases", async ({ page, request }) => {
  await openPage(page, "/lineage");
  const stale = page.locator("section[aria-labelledby=stale]");
  await expect(stale.getByRole("heading")).toContainText(/stale/);
  await expect(stale).toContainText("e2e/lineage-os:1 moved to a newer snapshot");
  const rows = stale.getByRole("region", { name: "Rebuild plan" }).locator("tbody tr").filter({ hasText: "lineage" });
  await expect(rows.nth(0)).toContainText(/^1e2e\/lineage-app:1on e2e\/lineage-os:1/);
  await expect(rows.nth(0)).toContainText("≈ 30.0KiB");
  await expect(rows.nth(1)).toContainText(/^2e2e\/lineage-tool:1after its base is rebuilt≈ 10.0KiB/);
  const csv = await (await request.get(address("/lineage/stale.csv"))).text();
  expect(csv).toMatch(/^wave,name,base,storeBytes,pullBytes,newer\r\n/);
  expect(csv).toMatch(/^1,e2e\/lineage-app:1,[0-9a-f]{16},30720,,[0-9a-f]{16}\r$/m);
  const { images } = (await (await request.get(address("/lineage/stale.json"))).json()) as {
    images: { name: string }[];
  };
  expect(images.map(({ name }) => name)).toEqual(expect.arrayContaining(["e2e/lineage-app:1", "e2e/lineage-tool:1"]));
  await stale.getByRole("link", { name: "What differs" }).first().click();
  await expect(page).toHaveURL(/\/compare\?/);
});

test("a base that might move is part of the address, and is chosen by keyboard", async ({ page }) => {
  await openPage(page, "/lineage?q=sample-base");
  await page.getByRole("link", { name: /^What if it is updated ?\(sample-base\)$/ }).focus();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/base=[0-9a-f]{16}#moves$/);
  const moves = page.locator("section[aria-labelledby=moves]");
  await expect(moves).toContainText("2 images in 1 wave");
  await expect(moves.locator("tbody tr")).toHaveCount(2);
});

test("the table of images sorts, filters and is a CSV file", async ({ page, request }) => {
  await openPage(page, "/lineage?q=lineage-");
  const table = page.getByRole("region", { name: "Images and their bases" });
  await expect(table.locator("tbody tr")).toHaveCount(3);
  await table.getByRole("link", { name: "Sort by Above the base" }).click();
  await expect(page).toHaveURL(/sort=storeBytes/);
  await expect(table.locator("tbody tr").first()).toContainText("lineage-os:1");
  await page
    .getByRole("navigation", { name: "Show" })
    .getByRole("link", { name: /^Stale/ })
    .click();
  await expect(table.locator("tbody tr")).toHaveCount(2);
  const csv = await (await request.get(address("/lineage/images.csv?q=lineage-&show=stale"))).text();
  expect(csv.trim().split("\r\n")).toHaveLength(3);
  expect((await request.get(address("/lineage/nothing.csv"))).status()).toBe(404);
});

test("the page says so if no image passes a filter, breaks no rule, and fits a narrow phone", async ({ page }) => {
  await openPage(page, "/lineage?q=zzzz");
  await expect(page.getByText("No family has an image of this name.")).toBeVisible();
  await expect(page.getByText("No image matches the filter.")).toBeVisible();
  // The table is where the families would be, not below all that follows from them.
  const tops = ["images", "evidence"].map((id) => page.locator(`section[aria-labelledby=${id}]`).boundingBox());
  const [images, evidence] = await Promise.all(tops);
  expect(images!.y).toBeLessThan(evidence!.y);
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await openPage(page, "/lineage");
    await expectAccessible(page);
  }
  await page.setViewportSize({ width: 360, height: 740 });
  await openPage(page, "/lineage");
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
});
