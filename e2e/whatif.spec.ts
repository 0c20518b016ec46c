import { writeFileSync } from "node:fs";
import { expect, test } from "@playwright/test";
import { buildDockerArchive } from "#testing/builders/image-archive.ts";
import { buildTar } from "#testing/builders/tar.ts";
import { expectAccessible } from "./accessible.ts";
import { address } from "./address.ts";
import { openPage } from "./open-page.ts";
import { stratigraph } from "./stratigraph.ts";

// A library must be updated: who has it, what does the update cost, and what would a build cache have had?

test.describe.configure({ mode: "serial" });

const KIB = 1024;

/** A layer of Debian's with one library, and bytes that no package owns. */
function base(version: string, body: string) {
  const status = `Package: e2e-whatif-lib\nStatus: install ok installed\nArchitecture: amd64\nVersion: ${version}\n`;
  return buildTar([
    { path: "var/lib/dpkg/status", body: status },
    { path: "var/lib/dpkg/info/e2e-whatif-lib.list", body: "/usr/lib/e2e.so\n" },
    { path: "usr/lib/e2e.so", body: body.repeat(40 * KIB) },
    { path: "etc/e2e-whatif", body: "c".repeat(60 * KIB) },
  ]);
}

test.beforeAll(({ browserName: _ }, testInfo) => {
  const app = buildTar([{ path: "srv/e2e-whatif-app", body: "d".repeat(30 * KIB) }]);
  const history = [{ created_by: "ADD e2e rootfs" }, { created_by: "COPY e2e app" }];
  for (const [name, lower] of [
    ["e2e/whatif-app:1", base("1.0", "a")],
    ["e2e/whatif-app:2", base("1.1", "b")],
  ] as const) {
    const file = testInfo.outputPath(`${name.replaceAll(/\W/g, "-")}.tar`);
    const config = { os: "linux", architecture: "amd64", history };
    writeFileSync(file, buildDockerArchive([lower, app], { name, config }));
    stratigraph("scan", `docker-archive:${file}`);
  }
});

test("a component is asked for in a form, and its holders and cost are listed", async ({ page, request }) => {
  await openPage(page, "/lineage");
  await page.getByRole("link", { name: "update cost" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Update cost");
  await page.getByRole("textbox", { name: "Component, or several" }).fill("e2e-whatif-lib@1.0");
  await page.getByRole("textbox", { name: /^In/ }).fill("e2e/whatif-app:1");
  await page.getByRole("textbox", { name: /^Becomes/ }).fill("e2e/whatif-app:2");
  await page.getByRole("button", { name: "Show" }).click();
  await expect(page).toHaveURL(/\/whatif\?component=e2e-whatif-lib/);
  const models = page.getByRole("region", { name: "Bytes by model" }).locator("tbody tr");
  await expect(models).toHaveCount(9);
  await expect(models.nth(0)).toContainText(/^Layers, as built130\.\dKiB/);
  await expect(models.nth(7)).toContainText(/^Files40\.\dKiB/);
  const holders = page.getByRole("region", { name: "Artifacts with the component" }).locator("tbody tr");
  await expect(holders).toHaveCount(1);
  await expect(holders).toContainText("e2e/whatif-app:1");
  const csv = await (await request.get(address("/whatif/models.csv?component=e2e-whatif-lib@1.0"))).text();
  expect(csv).toMatch(/^model,storeBytes,pullBytes,estimated,pullEstimated\r\nlayers,/);
  await expectAccessible(page);
});

test("tables sort by each heading, in the address and by keyboard", async ({ page }) => {
  await openPage(page, "/whatif?component=e2e-whatif-lib");
  const models = page.getByRole("region", { name: "Bytes by model" });
  await models.getByRole("link", { name: "Sort by Stored again" }).focus();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/modelsort=storeBytes&modeldirection=desc#models$/);
  await expect(models.getByRole("columnheader", { name: "Stored again" })).toHaveAttribute("aria-sort", "descending");
  const bytes = await models.locator("tbody td:nth-child(3) data").evaluateAll((cells) => {
    return cells.map((cell) => Number(cell.getAttribute("value")));
  });
  expect(bytes.length).toBeGreaterThan(3);
  expect(bytes).toEqual(bytes.toSorted((a, b) => b - a));
  const holders = page.getByRole("region", { name: "Artifacts with the component" });
  await holders.getByRole("link", { name: "Sort by Version" }).click();
  await expect(page).toHaveURL(/modelsort=storeBytes.*holdersort=version&holderdirection=asc/);
  await expect(holders.locator("tbody tr").first()).toContainText("1.0");
  await holders.getByRole("link", { name: "Sort by Version" }).click();
  await expect(holders.locator("tbody tr").first()).toContainText("1.1");
});

test("of several versions, one is asked for alone", async ({ page }) => {
  await openPage(page, "/whatif?component=e2e-whatif-lib");
  await page.getByRole("navigation", { name: "Versions" }).getByRole("link", { name: "e2e-whatif-lib@1.1 1" }).click();
  await expect(page).toHaveURL(/component=e2e-whatif-lib%401\.1/);
  await expect(page.getByRole("region", { name: "Artifacts with the component" }).locator("tbody tr")).toHaveCount(1);
});

test("an unknown component is one line, with the page's form still there", async ({ page }) => {
  await openPage(page, "/whatif?component=no-such-component-at-all");
  await expect(page.getByRole("note")).toContainText("has a component named no-such-component-at-all");
  await expect(page.getByRole("button", { name: "Show" })).toBeVisible();
});

test("cache hits are reached from a comparison, step by step", async ({ page, request }) => {
  await openPage(page, "/compare?a=e2e/whatif-app:1&b=e2e/whatif-app:2");
  await page
    .getByRole("navigation", { name: "Questions about this set" })
    .getByRole("link", { name: "Cache hits" })
    .click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Cache hits");
  const steps = page.getByRole("region", { name: "Steps of the build" }).locator("tbody tr");
  await expect(steps.nth(0)).toContainText("same command, other files");
  await expect(steps.nth(1)).toContainText("built again, same layer");
  const ratios = page.getByRole("region", { name: "Hit ratios" }).locator("tbody tr");
  await expect(ratios.nth(0)).toContainText(/^layer chain0/);
  await expect(ratios.nth(1)).toContainText(/^layer23\.\d%/);
  await expect(page.locator("[data-answer]")).toHaveText(
    /^A build of e2e\/whatif-app:2 takes 0% of its content from the cache of e2e\/whatif-app:1; \d+\.\d% of it is in files/,
  );
  await page.getByRole("link", { name: "Sort by Content" }).click();
  await expect(page).toHaveURL(/stepsort=contentSize&stepdirection=desc#steps$/);
  await expect(steps.nth(0)).toContainText("same command, other files");
  await page.getByRole("link", { name: "Sort by Content" }).click();
  await expect(steps.nth(0)).toContainText("built again, same layer");
  const csv = await (await request.get(address("/cache-hits/steps.csv?in=e2e/whatif-app:1,e2e/whatif-app:2"))).text();
  expect(csv).toMatch(/^layer,miss,contentSize,sameBytes,downloadSize,createdBy\r\n0,content,/);
  await expectAccessible(page);
});

for (const [width, scheme] of [
  [390, "light"],
  [1440, "dark"],
] as const) {
  test(`both pages fit ${width} px, ${scheme}`, async ({ page }) => {
    await page.setViewportSize({ width, height: 900 });
    await page.emulateMedia({ colorScheme: scheme });
    for (const path of [
      "/whatif?component=e2e-whatif-lib",
      "/cache-hits?in=e2e/whatif-app:1,e2e/whatif-app:2",
      "/cache-hits?in=e2e/whatif-app:1,e2e/whatif-app:2,e2e/whatif-app:1",
    ]) {
      await openPage(page, path);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
      await expectAccessible(page);
    }
  });
}
