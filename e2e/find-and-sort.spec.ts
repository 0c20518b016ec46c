import { writeFileSync } from "node:fs";
import { expect } from "@playwright/test";
import { buildDockerArchive } from "#testing/builders/image-archive.ts";
import { buildTar } from "#testing/builders/tar.ts";
import { test } from "./kept-page.ts";
import { openPage } from "./open-page.ts";
import { stratigraph } from "./stratigraph.ts";

// Do filters, sorting, search and the back button work as expected?

test("the back button undoes the filter, then the tab, and the field shows it", async ({ page }) => {
  await openPage(page, "/");
  const field = page.getByRole("searchbox", { name: "Filter by name" });
  await page.getByRole("link", { name: "Images" }).click();
  await expect(page).toHaveURL(/kind=image/);
  await field.fill("sample-w");
  await expect(page).toHaveURL(/q=sample-w/);
  await page.goBack();
  await expect(page).toHaveURL(/kind=image$/);
  await expect(field).toHaveValue("");
  await page.goBack();
  await expect(page).not.toHaveURL(/kind/);
  await page.goForward();
  await page.goForward();
  await expect(field).toHaveValue("sample-w");
});

test("a filter without matches says so, and how to see all again", async ({ page }) => {
  await openPage(page, "/?q=zzzz");
  await expect(page.getByText("No artifact has a name with zzzz in it.")).toBeVisible();
  await expect(page.getByRole("region", { name: "Images, closures and SBOMs" })).toHaveCount(0);
  await page.getByRole("link", { name: "Show all artifacts" }).click();
  await expect(page.getByRole("link", { name: /sample-web/ }).first()).toBeVisible();
});

test("a column's title sorts, and shows its definition on hover", async ({ page }) => {
  await openPage(page, "/");
  const title = page.getByRole("columnheader", { name: "Size" }).getByText("Size");
  await title.hover();
  await expect(page.getByRole("tooltip")).toContainText("Sum of the content of all the image's layers");
  await title.click();
  await expect(page).toHaveURL(/\/\?sort=bytes&direction=desc$/);
  await expect(page.getByRole("columnheader", { name: "Size" })).toHaveAttribute("aria-sort", "descending");
  await openPage(page, "/artifacts/sample-web");
  await page.getByRole("columnheader", { name: "Closure" }).getByText("Closure").click();
  await expect(page).toHaveURL(/\/artifacts\/[^?]+\?sort=closure&direction=desc$/);
});

test("the search shows this system's shortcut, and restores the focus", async ({ page }) => {
  await openPage(page, "/");
  const button = page.getByRole("button", { name: "Search" });
  await expect(button).toContainText("Ctrl K");
  await page.keyboard.press("Control+k");
  await expect(page.getByRole("dialog")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expect(button).toBeFocused();
});

test("a complete DiffID fits its tooltip at the right edge", async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 800 });
  await openPage(page, "/artifacts/sample-web");
  const digest = page.getByRole("button", { name: /copy DiffID/ }).first();
  await digest.hover();
  const tip = page.getByRole("tooltip");
  await expect(tip).toHaveText(/^sha256:[0-9a-f]{64}$/);
  const [inside, shown] = await tip.evaluate((box) => [box.scrollWidth, box.clientWidth]);
  expect(inside).toBeLessThanOrEqual(shown!);
  const { x, width } = (await tip.boundingBox())!;
  expect(x + width).toBeLessThanOrEqual(1280);
});

test("a complete drawing has no groups to close", async ({ page }) => {
  await openPage(page, "/artifacts/sample-web/graph");
  await page.getByRole("searchbox", { name: "Find a node" }).fill("react-dom");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("region", { name: "Node react-dom" })).toBeVisible();
  await expect(page.getByTestId("overview-status")).toContainText(/^\d+ nodes /);
  await expect(page.getByTestId("overview").locator("[data-key^=g]")).toHaveCount(0);
});

test("a long name does not widen the chooser on a phone, and every page can be reached there", async ({
  page,
}, testInfo) => {
  const file = testInfo.outputPath("long.tar");
  const name = `registry.example.com/${"a-team-with-a-long-name/".repeat(6)}service:2026.11.24-build.4711`;
  writeFileSync(file, buildDockerArchive([buildTar([{ path: "srv/long", body: "long" }])], { name }));
  stratigraph("scan", `docker-archive:${file}`);
  await page.setViewportSize({ width: 390, height: 844 });
  await openPage(page, "/compare");
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  for (const link of ["Compare", "Savings", "Reports", "Docs"])
    await expect(page.getByRole("banner").getByRole("link", { name: link })).toBeInViewport();
  stratigraph("rm", name);
});

test("the search finds a file by its path and a layer by its DiffID", async ({ page }) => {
  await openPage(page, "/artifacts/sample-web");
  const shown = await page
    .getByRole("button", { name: /copy DiffID/ })
    .first()
    .getAttribute("data-tip");
  await page.keyboard.press("Control+k");
  await page.getByRole("dialog").getByRole("combobox").fill(shown!.slice(0, 20));
  await page
    .getByRole("option", { name: /DiffID in/ })
    .first()
    .click();
  await expect(page).toHaveURL(/\/artifacts\/[0-9a-f]+\/layers\/\d+$/);

  await page.keyboard.press("Control+k");
  await page.getByRole("dialog").getByRole("combobox").fill("/app/node_modules/react-dom/package.json");
  await page.getByRole("option", { name: /^\/app\/node_modules\/react-dom\/package.json/ }).click();
  await expect(page).toHaveURL(/\/file\?path=\/app\/node_modules\/react-dom\/package.json$/);
});

test("files that differ are sorted by the figure shown, or by any other column", async ({ page }) => {
  await openPage(page, "/compare?a=sample-api&b=sample-web");
  const table = page.getByRole("region", { name: "Files that differ" });
  const figures = async () => {
    const values = await table
      .locator("tbody tr td:last-child data")
      .evaluateAll((cells) => cells.map((cell) => Math.abs(Number(cell.getAttribute("value")))));
    return values;
  };
  const first = await figures();
  expect(first.length).toBeGreaterThan(3);
  expect(first).toEqual(first.toSorted((a, b) => b - a));
  await table.getByRole("link", { name: "Sort by Path" }).click();
  await expect(page).toHaveURL(/filesort=path&filedirection=asc/);
  const paths = await table.locator("tbody tr td:first-child bdi").allTextContents();
  expect(paths).toEqual(paths.toSorted());
});
