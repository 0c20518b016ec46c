import { expect, type Page } from "@playwright/test";
import { test } from "./kept-page.ts";
import { openPage } from "./open-page.ts";

// Where is everything in this image, what needs this node, and what does it need? Asked on the map.

const map = (page: Page) => page.getByTestId("map-canvas");
const status = (page: Page) => page.getByTestId("map-status");
const panel = (page: Page) => page.getByRole("region", { name: /^Node / });
const zoomOf = (page: Page) => Number(new URL(page.url()).searchParams.get("z") ?? 1);

async function openMap(page: Page, query = ""): Promise<void> {
  await openPage(page, `/artifacts/sample-web/graph?view=map${query}`);
  await expect(map(page)).toHaveAttribute("data-named", "true");
}

/** A point of the map, in shares of its width and height. */
async function pointOf(page: Page, x: number, y: number): Promise<[number, number]> {
  const box = (await map(page).boundingBox())!;
  return [box.x + x * box.width, box.y + y * box.height];
}

test("with the mouse: a cell says what it is, and lights what needs it and what it needs", async ({ page }) => {
  await openPage(page, "/artifacts/sample-web/graph");
  await page.getByRole("navigation", { name: "View" }).getByRole("link", { name: "Map" }).click();
  await expect(map(page)).toHaveAttribute("data-named", "true");
  await expect(status(page)).toContainText(/\d+ nodes, [\d.]+ MiB, from \d+ roots?/);

  await page.mouse.move(...(await pointOf(page, 0.3, 0.3)));
  await expect(page.getByText("It alone keeps", { exact: true })).toBeVisible();
  await page.mouse.click(...(await pointOf(page, 0.3, 0.3)));
  await expect(panel(page)).toBeVisible();
  await expect(status(page)).toContainText(/\d+ needs? .+, it needs \d+/);
  await expect(page).toHaveURL(/[?&]node=(pkg|unowned|manager):/);

  await panel(page).getByRole("link", { name: "Close" }).click();
  await expect(panel(page)).toHaveCount(0);
  await expect(status(page)).toContainText("roots");
});

test("the wheel zooms, the address has the view, and back and reload restore it", async ({ page }) => {
  await openMap(page);
  await page.mouse.move(...(await pointOf(page, 0.4, 0.2)));
  for (let i = 0; i < 6; i++) await page.mouse.wheel(0, -100);
  await expect.poll(() => zoomOf(page)).toBeCloseTo(1.18 ** 6, 2);
  await expect(status(page)).toContainText(/\d+ of \d+ nodes in view/);

  const before = new URL(page.url()).searchParams;
  await page.mouse.click(...(await pointOf(page, 0.5, 0.5)));
  await expect(panel(page)).toBeVisible();
  for (let i = 0; i < 3; i++) await page.mouse.wheel(0, -100);
  await expect.poll(() => zoomOf(page)).toBeGreaterThan(1.18 ** 7);
  await page.goBack();
  await expect(panel(page)).toHaveCount(0);
  await expect(status(page)).toContainText("in view");
  for (const name of ["x", "y", "z"]) {
    expect(new URL(page.url()).searchParams.get(name)).toBe(before.get(name));
  }

  await page.reload();
  await expect(map(page)).toHaveAttribute("data-named", "true");
  await expect(status(page)).toContainText(/\d+ of \d+ nodes in view/);
  expect(zoomOf(page)).toBeCloseTo(1.18 ** 6, 2);
});

test("with the keyboard alone: cells, frames, selection and zoom", async ({ page }) => {
  await openMap(page);
  const announced = page.locator("p[aria-live=polite].sr-only");
  await map(page).focus();
  await page.keyboard.press("ArrowRight");
  await expect(announced).toContainText(/, \d+ of \d+ roots?/);
  const first = await announced.textContent();
  await page.keyboard.press("Enter");
  await expect(announced).not.toHaveText(first!);
  await page.keyboard.press("Space");
  await expect(panel(page)).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(panel(page)).toHaveCount(0);

  await page.keyboard.press("+");
  await expect.poll(() => zoomOf(page)).toBeGreaterThan(1);
  await page.keyboard.press("0");
  await expect.poll(() => zoomOf(page)).toBe(1);
  await page.keyboard.press("/");
  await expect(page.getByLabel("Find a node")).toBeFocused();
});

test("a node found by name is brought into view, and is selected in the other view, too", async ({ page }) => {
  await openMap(page);
  await page.getByLabel("Find a node").fill("react-dom");
  await page.getByRole("region", { name: "Found" }).getByRole("link").first().click();
  const found = page.getByRole("region", { name: "Node react-dom" });
  await expect(found).toBeVisible();
  await expect(status(page)).toContainText("react-dom");

  const views = page.getByRole("navigation", { name: "View" });
  await views.getByRole("link", { name: "Overview" }).click();
  await expect(page.getByTestId("overview")).toBeVisible();
  await expect(found).toBeVisible();
  await views.getByRole("link", { name: "Map" }).click();
  await expect(map(page)).toBeVisible();
  await expect(found).toBeVisible();
});

test("the table has the same tree, for the keyboard and for screen readers", async ({ page }) => {
  await openMap(page);
  const tree = page.getByRole("treegrid", { name: "Nodes by stratum" });
  const rows = tree.locator("tbody tr");
  await expect(rows.first()).toContainText("from 1");
  await rows.first().focus();
  await page.keyboard.press("ArrowLeft");
  await expect(rows.first()).toHaveAttribute("aria-expanded", "false");
  await page.keyboard.press("ArrowRight");
  await expect(rows.first()).toHaveAttribute("aria-expanded", "true");
  await page.keyboard.press("ArrowDown");
  await expect(rows.nth(1)).toBeFocused();
  await expect(rows.nth(1)).toHaveAttribute("aria-level", "2");
  await page.keyboard.press("Enter");
  await expect(panel(page)).toBeVisible();
  await expect(rows.nth(1)).toHaveAttribute("aria-selected", "true");
});

test("neighbours outside the view have buttons that fly to them", async ({ page }) => {
  await openMap(page);
  await page.getByLabel("Find a node").fill("react-dom");
  await page.getByRole("region", { name: "Found" }).getByRole("link").first().click();
  await expect(page.getByRole("region", { name: "Node react-dom" })).toBeVisible();
  await map(page).focus();
  for (let i = 0; i < 8; i++) await page.keyboard.press("+");
  const chips = page.getByRole("list", { name: "Neighbours outside the view" }).getByRole("button");
  await expect(chips.first()).toBeVisible();
  const before = new URL(page.url()).searchParams.get("x");
  await chips.first().click();
  await expect.poll(() => new URL(page.url()).searchParams.get("x")).not.toBe(before);
});

test("only what needs a node, what it needs, or what it alone keeps can be lit, and the address has it", async ({
  page,
}) => {
  await openMap(page, "&node=react-dom");
  const lit = panel(page).getByRole("navigation", { name: "What is lit" });
  await lit.getByRole("link", { name: "It needs" }).focus();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/side=down/);
  await expect(lit.getByRole("link", { name: "It needs" })).toHaveAttribute("aria-current", "true");
  const pixels = () =>
    map(page)
      .locator("canvas")
      .evaluate((canvas: HTMLCanvasElement) => canvas.toDataURL());
  const down = await pixels();
  await lit.getByRole("link", { name: "Needs it" }).click();
  await expect(page).toHaveURL(/side=up/);
  await expect.poll(pixels).not.toBe(down);
  await page.reload();
  await expect(lit.getByRole("link", { name: "Needs it" })).toHaveAttribute("aria-current", "true");
});

test("colours mean strata or kinds, and the address has which and the view", async ({ page }) => {
  await openMap(page, "&z=2&x=0.1&y=0.1");
  const colours = page.getByRole("navigation", { name: "Colour" });
  const pixels = () =>
    map(page)
      .locator("canvas")
      .evaluate((canvas: HTMLCanvasElement) => canvas.toDataURL());
  const strata = await pixels();
  await colours.getByRole("link", { name: "Kind" }).focus();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/colour=kind/);
  expect(zoomOf(page)).toBe(2);
  await expect.poll(pixels).not.toBe(strata);
  for (const kind of ["npm", "unowned"])
    await expect(page.getByText(new RegExp(`^${kind} \\d+$`)).first()).toBeVisible();

  await page.reload();
  await expect(map(page)).toHaveAttribute("data-named", "true");
  await expect(colours.getByRole("link", { name: "Kind" })).toHaveAttribute("aria-current", "true");
  await colours.getByRole("link", { name: "Stratum" }).click();
  await expect(page).not.toHaveURL(/colour=/);
  await expect.poll(pixels).toBe(strata);
});

test("what is in view can be saved as a picture", async ({ page }) => {
  await openMap(page);
  const saved = page.waitForEvent("download");
  await page.getByRole("button", { name: "Save as PNG" }).click();
  expect((await saved).suggestedFilename()).toBe("sample-web-map.png");
});

test("on a phone the selected node is a sheet at the lower edge, which closes", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await openMap(page, "&node=react-dom");
  const box = (await panel(page).boundingBox())!;
  expect(box.y).toBeGreaterThan(844 * 0.5);
  await expect(panel(page)).toBeInViewport();
  await panel(page).getByRole("link", { name: "Close" }).click();
  await expect(panel(page)).toHaveCount(0);
});
