import { expect, type Page } from "@playwright/test";
import { testStorePath } from "#testing/builders/store.ts";
import { file, makeStore } from "#testing/builders/store-items.ts";
import { expectAccessible } from "./accessible.ts";
import { test } from "./kept-page.ts";
import { openPage } from "./open-page.ts";
import { stratigraph } from "./stratigraph.ts";

// What needs this node, and what does it need? Asked of one node after the other.

const side = (page: Page, name: "up" | "down") => page.locator(`[data-side=${name}]`);
const card = (page: Page, name?: string | RegExp) => page.getByRole("region", { name: name ?? /^Node / });
const walked = (page: Page) => page.getByRole("navigation", { name: "Walked" });
const parameter = (page: Page, name: string) => new URL(page.url()).searchParams.get(name);

async function openFocus(page: Page, query = "&node=react-dom"): Promise<void> {
  await openPage(page, `/artifacts/sample-web/graph?view=focus${query}`);
  await expect(card(page)).toBeVisible();
}

const APPS = 70;

/** A library with 70 users, five of one name; it needs four equal parts that nothing else needs, and one that all need. */
function scanHub(folder: string, name: string): void {
  const path = (i: number, item: string) => testStorePath(i, item);
  const hub = path(900, "hub-1");
  const base = path(901, "base-1");
  const parts = [1, 2, 3, 4].map((i) => path(910 + i, `part-${i}`));
  const apps = Array.from({ length: APPS }, (_, i) => path(i, i < 5 ? `plugin-${i}` : `app${i}-1`));
  makeStore(folder, [
    { path: base, tree: file("b".repeat(700)) },
    ...parts.map((part, i) => ({ path: part, tree: file("p".repeat(500 + i)) })),
    { path: hub, tree: file("h".repeat(900)), references: [base, ...parts] },
    ...apps.map((app, i) => ({ path: app, tree: file("a".repeat(200 + 60 * i)), references: [hub, base] })),
  ]);
  stratigraph("scan", "--name", name, `nix-store:${folder}`);
}

test("from a table to a node, on to its neighbours, and back, with the mouse", async ({ page }) => {
  await openPage(page, "/artifacts/sample-web/why/react-dom");
  await page.getByRole("link", { name: "Show in the graph" }).click();
  await expect(card(page, "Node react-dom")).toContainText("would go with it");
  await expect(side(page, "up")).toContainText(/Needed by \d+/);

  const row = side(page, "down").getByRole("link", { name: /^scheduler / });
  await row.hover();
  await expect(page.getByText(/^dependencies|declared by react-dom/).first()).toBeVisible();
  await row.click();
  await expect(card(page, "Node scheduler")).toBeVisible();
  await expect(walked(page)).toContainText(/react-dom.*scheduler/);

  await page.goBack();
  await expect(card(page, "Node react-dom")).toBeVisible();
  await page.goForward();
  await expect(card(page, "Node scheduler")).toBeVisible();
  await walked(page).getByRole("link", { name: "react-dom" }).click();
  await expect(card(page, "Node react-dom")).toBeVisible();
  await expect(walked(page)).toHaveCount(0);
});

test("the same with the keyboard alone, and the node is selected in the other views", async ({ page }) => {
  await openFocus(page);
  await page.keyboard.press("ArrowRight");
  const focused = page.locator(":focus");
  await expect(focused).toHaveAttribute("data-row", /^(own|shared)-\d+$/);
  const first = await focused.getAttribute("data-row");
  await page.keyboard.press("ArrowDown");
  await expect(focused).not.toHaveAttribute("data-row", first!);
  await page.keyboard.press("ArrowUp");
  await expect(focused).toHaveAttribute("data-row", first!);
  await page.keyboard.press("Enter");
  await expect(card(page, "Node react-dom")).toHaveCount(0);
  await expect(card(page)).toBeFocused();
  await page.keyboard.press("ArrowLeft");
  await expect(focused).toHaveAttribute("data-row", /^up-\d+$/);
  await page.keyboard.press("ArrowRight");
  await expect(card(page)).toBeFocused();

  await page.keyboard.press("Backspace");
  await expect(card(page, "Node react-dom")).toBeVisible();
  const node = parameter(page, "node");
  await page.keyboard.press("m");
  await expect(page.getByTestId("map-canvas")).toHaveAttribute("data-named", "true");
  expect(node).toMatch(/^pkg:npm\//);
  expect(parameter(page, "node")).toBe(node);
  await page.goBack();
  // The map has a panel of the same name: until the board is there, the key would be the map's.
  await expect(page.getByTestId("focus-board")).toBeVisible();
  await expect(card(page, "Node react-dom")).toBeVisible();
  expect(parameter(page, "node")).toBe(node);
  await page.keyboard.press("o");
  await expect(page.getByTestId("overview")).toBeVisible();
  await page.getByRole("navigation", { name: "View" }).getByRole("link", { name: "Focus" }).click();
  await expect(card(page, "Node react-dom")).toBeVisible();
});

test("more steps, one side, only what it keeps: all of it in the address", async ({ page }) => {
  await openFocus(page);
  await page.getByRole("link", { name: "all steps" }).click();
  await expect(side(page, "up")).toContainText("at any distance");
  await page.getByRole("link", { name: "Needed by", exact: true }).click();
  await expect(side(page, "down")).toHaveCount(0);
  await page.getByRole("link", { name: "Only what it keeps" }).click();
  await expect(side(page, "up")).toHaveCount(0);
  await expect(side(page, "down")).toContainText("It alone keeps");
  await page.reload();
  await expect(side(page, "down")).toContainText("It alone keeps");
  await page.goBack();
  await expect(side(page, "up")).toContainText("at any distance");
});

test("a path to another node, found by its name", async ({ page }) => {
  await openFocus(page);
  const path = page.getByRole("region", { name: "Path to another node" });
  await path.getByLabel("Path to…").fill("scheduler");
  await path.getByLabel("Path to…").press("Enter");
  await expect(path).toContainText(/It needs scheduler (directly|in \d+ steps)/);
  await expect(path.getByRole("listitem").last()).toContainText("scheduler");
  await path.getByRole("link", { name: "Close the path" }).click();
  await expect(path.getByRole("listitem")).toHaveCount(0);
});

test("a found node takes the middle, and the way there is remembered", async ({ page }) => {
  await openFocus(page);
  await page.getByLabel("Find a node").fill("scheduler");
  await page.getByRole("region", { name: "Found" }).getByRole("link").first().click();
  await expect(card(page, "Node scheduler")).toBeVisible();
  await expect(walked(page)).toContainText(/react-dom.*scheduler/);
});

test("a hub is as readable as a leaf: ranked rows, classes that open, families, a filter", async ({ page }, info) => {
  scanHub(info.outputPath("store"), "hub-store");
  await openPage(page, "/artifacts/hub-store/graph?view=focus&node=hub");
  const up = side(page, "up");
  await expect(up).toContainText(`Needed by ${APPS}`);
  await expect(up).toContainText(`+${APPS - 10} more`);
  await expectAccessible(page);

  const column = up.getByRole("list", { name: "By size" }).getByRole("link").first();
  const count = Number(await column.locator("span").first().textContent());
  await column.click();
  const listed = page.getByRole("region", { name: "Listed" });
  await expect(listed.getByRole("listitem")).toHaveCount(Math.min(count, 50));
  await expect(listed).toBeInViewport();
  await expectAccessible(page);
  await page.goBack();
  await expect(listed).toHaveCount(0);
  await column.focus();
  await page.keyboard.press("ArrowDown");
  await expect(page.locator(":focus")).toHaveAttribute("data-row", /^up-class-\d$/);
  await page.keyboard.press("ArrowRight");
  await expect(card(page)).toBeFocused();

  await up.getByRole("link", { name: "List all" }).click();
  await expect(listed).toContainText("page 1 of 2");
  await listed.getByRole("link", { name: "Next" }).click();
  await expect(listed.getByRole("listitem")).toHaveCount(APPS - 50);

  await listed.getByRole("link", { name: "name, not sorted" }).click();
  await expect(listed.getByRole("listitem").first()).toContainText("app5");
  await expect(listed).toContainText("page 1 of 2");
  const csv = await page.request.get(
    new URL((await listed.getByRole("link", { name: "CSV" }).getAttribute("href"))!, page.url()).href,
  );
  const lines = (await csv.text()).trim().split("\r\n");
  expect(lines).toHaveLength(APPS + 1);
  expect(lines[1]).toMatch(/^needs it,.*-app5-1,/);

  await up.getByLabel(`Filter ${APPS} names`).fill("app6");
  await expect(listed.getByRole("listitem")).toHaveCount(11);
  expect(parameter(page, "list")).toBeNull();
  await listed.getByRole("link", { name: "Close the list" }).click();

  await up.getByRole("link", { name: "plugin", exact: true }).click();
  await expect(listed.getByRole("listitem")).toHaveCount(5);

  await side(page, "down")
    .getByRole("link", { name: /^part ×4/ })
    .click();
  await expect(listed.getByRole("listitem")).toHaveCount(4);
  await listed.getByRole("link").filter({ hasText: "part" }).first().click();
  await expect(card(page, "Node part")).toBeVisible();
  await expect(side(page, "down")).toContainText("It needs nothing");
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`no state breaks a rule in the ${colorScheme} theme`, async ({ page }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    for (const query of [
      "&node=react-dom&trail=1.2&steps=all",
      "&node=react-dom&to=scheduler&side=down",
      "&node=0&q=re",
    ]) {
      await openFocus(page, query);
      await expectAccessible(page);
    }
    await page.keyboard.press("ArrowRight");
    await expectAccessible(page);
  });
}

test("on a phone the node is below what needs it, in view, and nothing is wider than the screen", async ({
  page,
}, info) => {
  scanHub(info.outputPath("store"), "phone-store");
  await page.setViewportSize({ width: 390, height: 844 });
  await openPage(page, "/artifacts/phone-store/graph?view=focus&node=hub");
  await expect(card(page)).toBeInViewport();
  await expect(side(page, "up").locator("[data-row^=up-]:visible")).toHaveCount(4);
  await expect(side(page, "up")).toContainText(`+${APPS - 4} more`);
  await page.setViewportSize({ width: 360, height: 740 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  await expectAccessible(page);
});
