import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { writeGeneratedStore } from "#testing/builders/store.ts";
import { expectAccessible } from "./accessible.ts";
import { openPage } from "./open-page.ts";
import { stratigraph } from "./stratigraph.ts";

// Can all nodes of a large store be sorted, filtered and reached, by mouse, by keyboard and without scripts?

const NAME = "e2e-large-store";
const PATHS = 20_000;
const PAGE = `/artifacts/${NAME}`;

test.describe.configure({ mode: "default" });

test.beforeAll(() => {
  const root = test.info().outputPath("store");
  const folder = join(root, "nix/var/nix/db");
  mkdirSync(folder, { recursive: true });
  const options = { seed: 3, pathCount: PATHS, referenceCount: 4 * PATHS, flavour: "nix" } as const;
  writeGeneratedStore(join(folder, "db.sqlite"), options);
  stratigraph("scan", "--name", NAME, `nix-store:${root}`);
});
test.afterAll(() => stratigraph("rm", NAME));

const region = { name: "Components" };

test("a heading sorts all rows on the server, and the last ones can be reached by keyboard", async ({ page }) => {
  await openPage(page, PAGE);
  const box = page.getByRole("region", region);
  const table = box.getByRole("table");
  await expect(table).toHaveAttribute("aria-rowcount", `${PATHS + 1}`);
  await expectAccessible(page);
  await box.getByRole("link", { name: "Sort by Self" }).click();
  await expect(page).toHaveURL(/sort=self&direction=desc/);
  const sizes = async () => {
    await expect(box.locator("tr[aria-busy]")).toHaveCount(0);
    const cells = box.locator("tbody tr[aria-rowindex] td:nth-child(2) data");
    return cells.evaluateAll((all) => all.map((cell) => Number(cell.getAttribute("value"))));
  };
  const largest = await sizes();
  expect(largest.length).toBeGreaterThan(10);
  expect(largest.length, "only rows in view are in the document").toBeLessThan(100);
  expect(largest).toEqual(largest.toSorted((a, b) => b - a));
  await box.focus();
  await page.keyboard.press("End");
  await expect(box.locator(`tr[aria-rowindex="${PATHS + 1}"]`)).toBeVisible();
  const smallest = await sizes();
  expect(Math.max(...smallest)).toBeLessThanOrEqual(Math.min(...largest));
  expect(smallest).toEqual(smallest.toSorted((a, b) => b - a));
  await expectAccessible(page);
});

test("the address keeps the position, and a link in a row can be followed and left again", async ({ page }) => {
  await openPage(page, PAGE);
  const box = page.getByRole("region", region);
  await box.hover();
  await page.mouse.wheel(0, 36 * 5000);
  await expect(page).toHaveURL(/row=5000/);
  const row = box.locator('tr[aria-rowindex="5006"]');
  await expect(row.getByRole("link").first()).toBeVisible();
  const name = await row.getByRole("link").first().textContent();
  await page.reload();
  await expect(row).toContainText(name!);
  await row.getByRole("link").first().click();
  await expect(page).toHaveURL(/\/why\//);
  await page.goBack();
  await expect(row).toContainText(name!);
  await expect(page).toHaveURL(/row=5000/);
});

test("a filter by name or size is applied to all rows, and a short result is a plain table", async ({ page }) => {
  await openPage(page, PAGE);
  const box = page.getByRole("region", region);
  const table = box.getByRole("table");
  await page.getByRole("navigation", { name: "Retained at least" }).getByRole("link").first().click();
  await expect(page).toHaveURL(/min=102400/);
  await expect(table).not.toHaveAttribute("aria-rowcount", `${PATHS + 1}`);
  const name = await box.locator("tbody tr").nth(3).getByRole("link").first().textContent();
  const word = name!.split(/\s/)[0]!;
  await page.getByRole("searchbox", { name: "Filter by name" }).fill(word);
  await expect(page).toHaveURL(/q=/);
  await expect(box.locator("tbody tr").first()).toContainText(word);
});

test("without scripts, the rows at a position are shown", async ({ browser }) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(`${process.env.STRATIGRAPH_URL}${PAGE}?row=300`);
  const box = page.getByRole("region", region);
  await expect(box.locator('tr[aria-rowindex="302"]')).toBeVisible();
  await context.close();
});

test("the box fits narrow pages, and its headings stay in view", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await openPage(page, PAGE);
  const box = page.getByRole("region", region);
  await box.scrollIntoViewIfNeeded();
  await box.evaluate((element) => element.scrollTo(0, 10_000));
  await box.evaluate((element) => element.scrollIntoView());
  await expect(box.getByRole("columnheader", { name: /Name/ })).toBeInViewport();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
});
