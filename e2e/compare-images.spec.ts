import { expect, type Page, test } from "@playwright/test";
import { address } from "./address.ts";
import { openPage } from "./open-page.ts";

// What changed from one image to another, and what do several share?

const DIFF = "/compare?a=sample-web&b=sample-api";
const OVERLAP = "/compare?in=sample-web,sample-api,sample-base";

const components = (page: Page) => page.getByRole("region", { name: "Components on both sides" });
const cells = (page: Page) => page.getByRole("region", { name: "Intersections, largest first" });

test("two images are selected by name and compared", async ({ page }) => {
  await openPage(page, "/compare");
  const field = page.getByRole("combobox");
  await field.fill("sample-web");
  await page
    .getByRole("option", { name: /sample-web/ })
    .last()
    .click();
  await expect(page.getByRole("button", { name: "Remove sample-web" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Compare", exact: true })).toBeDisabled();
  await expect(page.getByText("Select at least one more.")).toBeVisible();
  await field.fill("sample-api");
  await page
    .getByRole("option", { name: /sample-api/ })
    .last()
    .click();
  await expect(page).toHaveURL(/\/compare\?select=[0-9a-f]{12},[0-9a-f]{12}$/);
  await page.reload();
  await expect(page.getByRole("checkbox", { name: /sample-web/ })).toBeChecked();
  await page.getByRole("button", { name: "Compare 2" }).click();
  // By digest: the selection stays the same if a name moves.
  await expect(page).toHaveURL(/\/compare\?a=[0-9a-f]{12}&b=[0-9a-f]{12}$/);
  await expect(page.getByRole("heading", { level: 1, name: /sample-web.*sample-api/ })).toBeVisible();
  await expect(page.getByRole("img", { name: /columns of strata/ })).toBeVisible();
});

test("a name pattern selects all matching images", async ({ page }) => {
  await openPage(page, "/compare");
  await page.getByRole("combobox").fill("sample-*");
  await page.getByRole("option", { name: /^All named sample-\*/ }).click();
  await page.getByRole("button", { name: "What 3 share" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Overlap of 3" })).toBeVisible();
});

test("backspace in the empty field removes the last selected artifact", async ({ page }) => {
  await openPage(page, "/compare?select=sample-web,sample-api");
  await expect(page.getByRole("button", { name: "Compare 2" })).toBeEnabled();
  await page.getByRole("combobox").press("Backspace");
  await expect(page.getByRole("button", { name: "Remove sample-api" })).toHaveCount(0);
  await expect(page).toHaveURL(/select=[0-9a-f]{12}$/);
});

test("the keyboard alone selects two images, swaps them and compares them", async ({ page }) => {
  await openPage(page, "/compare");
  const field = page.getByRole("combobox");
  for (const name of ["sample-web", "sample-api"]) {
    await field.fill(name);
    await expect(page.locator("[role=option][data-highlighted]")).toContainText(name);
    await field.press("Enter");
    await expect(page.getByRole("button", { name: `Remove ${name}` })).toBeVisible();
  }
  await expect(page).toHaveURL(/select=[0-9a-f]{12},[0-9a-f]{12}$/);
  const [web, api] = new URL(page.url()).searchParams.get("select")!.split(",");
  await page.getByRole("link", { name: "Swap left and right" }).press("Enter");
  await expect(page).toHaveURL(new RegExp(`select=${api},${web}$`));
  await field.press("Control+Enter");
  await expect(page).toHaveURL(new RegExp(`a=${api}&b=${web}$`));
});

test("without scripts a plain form selects", async ({ browser }) => {
  const page = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
  await page.goto(address("/compare"));
  for (const name of ["sample-web", "sample-api"]) await page.getByRole("checkbox", { name }).check();
  await page.getByRole("main").getByRole("button", { name: "Compare" }).last().click();
  await expect(page.getByRole("heading", { level: 1, name: /sample-(web|api)/ })).toBeVisible();
});

test("the rows' differences add up to the difference of the totals", async ({ page, request }) => {
  await openPage(page, DIFF);
  const csv = await (await request.get(address(DIFF.replace("/compare", "/compare/components.csv")))).text();
  const [header = "", ...rows] = csv.trim().split("\r\n");
  const column = header.split(",").indexOf("delta");
  const sum = rows.reduce((total, row) => total + Number(row.split(",").at(column - header.split(",").length)), 0);
  const shown = await page
    .locator("dl data[value]")
    .evaluateAll((figures) => figures.map((figure) => Number(figure.getAttribute("value"))));
  expect(shown).toContain(sum);
});

test("components filter by change, and the URL keeps the filter", async ({ page }) => {
  await openPage(page, DIFF);
  const all = await components(page).getByRole("row").count();
  await page
    .getByRole("navigation", { name: "Kind of change", exact: true })
    .getByRole("link", { name: /same/ })
    .click();
  await expect(page).toHaveURL(/[?&]change=same/);
  await expect.poll(() => components(page).getByRole("row").count()).toBeLessThan(all);
  const filtered = await components(page).getByRole("row").count();
  await page.reload();
  await expect(components(page).getByRole("row")).toHaveCount(filtered);
});

test("a component leads to its dependency path, on its own side", async ({ page }) => {
  await openPage(page, `${DIFF}&change=removed&q=react-dom`);
  await components(page).getByRole("link", { name: /^\d/ }).first().click();
  await expect(page.getByRole("heading", { level: 1, name: /^react-dom/ })).toBeVisible();
});

test("an intersection opens, another rung shows other bytes, and a reload shows the same", async ({ page }) => {
  await openPage(page, OVERLAP);
  await cells(page).getByRole("link", { name: /all 3/ }).first().click();
  await expect(page).toHaveURL(/[?&]cell=0\.1\.2/);
  await expect(page.getByRole("heading", { level: 3, name: /In all 3/ })).toBeVisible();
  await expect(page.getByRole("region", { name: "Components of the intersection" })).toBeVisible();

  await page.getByRole("navigation", { name: "Deduplicate by" }).getByRole("link", { name: "layer" }).click();
  await expect(page).toHaveURL(/[?&]rung=layer/);
  await expect(page.getByRole("region", { name: "Layers of the intersection" })).toBeVisible();
  const shown = await cells(page).textContent();
  await page.reload();
  expect(await cells(page).textContent()).toBe(shown);
});

test("an unknown name keeps the rest of the set and says what is wrong", async ({ page }) => {
  await openPage(page, "/compare?a=no-such-image&b=sample-web");
  await expect(page.getByRole("alert").filter({ hasText: "no-such-image" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Remove sample-web" })).toBeVisible();
});
