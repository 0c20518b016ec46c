import { expect, type Page } from "@playwright/test";
import { test } from "./kept-page.ts";
import { openPage } from "./open-page.ts";

// What does this image consist of, and why is that package in it? Asked in the drawing.

const drawing = (page: Page) => page.getByTestId("overview");

async function openGraph(page: Page, query = ""): Promise<void> {
  await openPage(page, `/artifacts/sample-web/graph${query}`);
  await expect(drawing(page)).toHaveAttribute("data-ready", "true");
}

async function findNode(page: Page, name: string): Promise<void> {
  await page.getByLabel("Find a node").fill(name);
  await page.getByRole("region", { name: "Found" }).getByRole("link").first().click();
  await expect(page.getByRole("region", { name: `Node ${name}` })).toBeVisible();
}

test("a node found by name shows its dependency path, and its URL shows the same again", async ({ page }) => {
  await openGraph(page);
  await findNode(page, "react-dom");
  const panel = page.getByRole("region", { name: "Node react-dom" });
  await expect(panel.getByRole("heading", { name: "Dependency path" })).toBeVisible();
  await expect(panel.getByRole("heading", { name: /^Needs/ })).toBeVisible();

  await page.reload();
  await expect(panel).toBeVisible();

  await panel.getByRole("link", { name: "All paths" }).click();
  await expect(page.getByRole("heading", { level: 1, name: /^react-dom/ })).toBeVisible();
  await page.getByRole("link", { name: "Show in the graph" }).click();
  await expect(panel).toBeVisible();
});

test("Enter selects the first match", async ({ page }) => {
  await openGraph(page);
  const field = page.getByLabel("Find a node");
  await field.fill("react-dom");
  await field.press("Enter");
  await expect(page.getByRole("region", { name: "Node react-dom" })).toBeVisible();
  await expect(page).toHaveURL(/[?&]node=pkg:npm\/react-dom%40/);
});

test("an address names its node as another scan would, even if it was given by its index", async ({ page }) => {
  for (const view of ["overview", "map", "focus"]) {
    await openPage(page, `/artifacts/sample-web/graph?view=${view}&node=1`);
    await expect(page).toHaveURL(/[?&]node=(pkg|unowned|manager):/);
  }
  await openPage(page, "/artifacts/sample-web/why/1?rows=40");
  await expect(page).toHaveURL(/\/why\/(pkg|unowned|manager)%3A.*\?rows=40$/);
  await openPage(page, "/artifacts/sample-web/retained?node=1");
  await expect(page).toHaveURL(/[?&]node=(pkg|unowned|manager):/);
});

test("a component shows its own files", async ({ page }) => {
  await openPage(page, "/artifacts/sample-web/why/react-dom");
  const files = page.getByRole("region", { name: "Own files" });
  await expect(files).toContainText("/node_modules/react-dom/");
  const before = await files.getByRole("row").count();
  await files.getByRole("link", { name: "Show more" }).click();
  await expect(page).toHaveURL(/[?&]files=/);
  await expect.poll(() => files.getByRole("row").count()).toBeGreaterThan(before);
});

test("following a reference moves to that node, and back returns", async ({ page }) => {
  await openGraph(page);
  await findNode(page, "react-dom");
  await page
    .getByRole("region", { name: "Node react-dom" })
    .getByRole("link", { name: /scheduler/ })
    .first()
    .click();
  await expect(page.getByRole("region", { name: "Node scheduler" })).toBeVisible();
  await page.goBack();
  await expect(page.getByRole("region", { name: "Node react-dom" })).toBeVisible();
});

test("a click on a box selects its node", async ({ page }) => {
  await openGraph(page);
  await drawing(page)
    .getByRole("button", { name: /^valibot / })
    .click();
  await expect(page.getByRole("region", { name: "Node valibot" })).toBeVisible();
});

test("the table below the drawing sorts by each size", async ({ page }) => {
  await openGraph(page);
  const table = page.getByRole("region", { name: "Nodes shown" });
  await table.getByRole("link", { name: "Sort by name" }).click();
  await expect(table.getByRole("columnheader", { name: /Name/ })).toHaveAttribute("aria-sort", "ascending");
  const names = (await table.getByRole("row").locator("td:first-child").allInnerTexts()).map(
    (name) => name.split(/\s/)[0]!,
  );
  expect(names.length).toBeGreaterThan(5);
  expect(names).toEqual(names.toSorted());
});
