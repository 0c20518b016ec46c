import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, type Page } from "@playwright/test";
import { writeGeneratedStore } from "#testing/builders/store.ts";
import { expectAccessible } from "./accessible.ts";
import { test } from "./kept-page.ts";
import { openPage } from "./open-page.ts";
import { stratigraph } from "./stratigraph.ts";

// What is in this graph, at first sight? Asked of the layered drawing: it fits, it is readable, groups open in place.

const STORE = "overview-store";
const drawing = (page: Page) => page.getByTestId("overview");
const boxes = (page: Page) => drawing(page).locator("[data-key^=n]");
const panel = (page: Page) => page.getByRole("region", { name: /^Node / });
const zoomOf = (page: Page) => Number(new URL(page.url()).searchParams.get("z") ?? 1);

// biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the first parameter.
test.beforeAll(({}, testInfo) => {
  const folder = testInfo.outputPath("store", "nix/var/nix/db");
  mkdirSync(folder, { recursive: true });
  writeGeneratedStore(join(folder, "db.sqlite"), { flavour: "nix", pathCount: 900, referenceCount: 4000, seed: 3 });
  stratigraph("scan", "--name", STORE, `nix-store:${testInfo.outputPath("store")}`);
});

async function openOverview(page: Page, artifact: string, query = ""): Promise<void> {
  await openPage(page, `/artifacts/${artifact}/graph?view=overview${query}`);
  await expect(drawing(page)).toHaveAttribute("data-ready", "true");
}

/** Pixels of the smallest name, and whether every box is inside the window of the drawing. */
function readFirstSight(page: Page) {
  return drawing(page).evaluate((window) => {
    const room = window.getBoundingClientRect();
    const names = [...window.querySelectorAll<SVGTextElement>(".overview-name")];
    const letters = names.map((name) => Number.parseFloat(getComputedStyle(name).fontSize) * name.getScreenCTM()!.a);
    const inside = [...window.querySelectorAll(".overview-box")].every((box) => {
      const { left, top, right, bottom } = box.getBoundingClientRect();
      return left >= room.left && right <= room.right + 0.5 && top >= room.top && bottom <= room.bottom + 0.5;
    });
    return { names: names.length, letters: Math.min(...letters), inside };
  });
}

for (const { width, height } of [
  { width: 1440, height: 900 },
  { width: 768, height: 1024 },
  { width: 390, height: 844 },
]) {
  for (const artifact of ["sample-web", STORE]) {
    test(`${artifact} opens fitted and readable at ${width} × ${height}`, async ({ page }) => {
      await page.setViewportSize({ width, height });
      await openOverview(page, artifact);
      const { names, letters, inside } = await readFirstSight(page);
      expect(names).toBeGreaterThan(20);
      expect(letters).toBeGreaterThanOrEqual(11);
      expect(inside).toBe(true);
    });
  }
}

test("no line crosses a box at rest", async ({ page }) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  for (const artifact of ["sample-web", STORE]) {
    await openOverview(page, artifact);
    const crossed = await drawing(page).evaluate((window) => {
      const svg = window.querySelector("svg")!;
      const frames = [...window.querySelectorAll<SVGGElement>("[data-key]")].map((box) => {
        const [, x, y] = /translate\(([-\d.]+)px, ([-\d.]+)px\)/.exec(box.style.transform)!;
        const { width, height } = box.querySelector<SVGRectElement>("rect.overview-frame:not([y='-3'])")!.getBBox();
        return {
          left: Number(x) + 1,
          top: Number(y) + 1,
          right: Number(x) + width - 1,
          bottom: Number(y) + height - 1,
        };
      });
      let points = 0;
      let inside = 0;
      for (const path of svg.querySelectorAll<SVGPathElement>(".overview-lines path")) {
        for (let at = 0; at <= path.getTotalLength(); at += 3) {
          const { x, y } = path.getPointAtLength(at);
          points++;
          if (frames.some(({ left, top, right, bottom }) => x > left && x < right && y > top && y < bottom)) inside++;
        }
      }
      return { points, inside };
    });
    expect(crossed.points).toBeGreaterThan(1000);
    expect(crossed.inside).toBe(0);
  }
});

test("a group opens its next ten in place and closes alone; undo takes it back", async ({ page }) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await openOverview(page, STORE);
  const keysByPlace = () =>
    boxes(page).evaluateAll((all) =>
      all
        .map((box) => ({ key: (box as SVGElement).dataset.key!, box: box.getBoundingClientRect() }))
        .sort((a, b) => a.box.x - b.box.x || a.box.y - b.box.y)
        .map(({ key }) => key),
    );
  const before = await keysByPlace();
  await drawing(page).locator("[data-key=g2]").click();
  await expect(boxes(page)).toHaveCount(before.length + 10);
  await expect(drawing(page).locator(".overview-fresh")).toHaveCount(10);
  await expect(page).toHaveURL(/[?&]open=2/);
  await expect(drawing(page).locator(".overview-fresh")).toHaveCount(0, { timeout: 4000 });
  const after = await keysByPlace();
  expect(after.filter((key) => before.includes(key))).toEqual(before);

  await drawing(page).locator("[data-key=g1]").click();
  await expect(boxes(page)).toHaveCount(before.length + 20);
  await drawing(page)
    .getByRole("button", { name: /^Close this group/ })
    .last()
    .click();
  await expect(boxes(page)).toHaveCount(before.length + 10);
  await expect(page).toHaveURL(/[?&]open=1(&|$)/);
  await page.keyboard.press("Control+z");
  await expect(boxes(page)).toHaveCount(before.length + 20);
});

test("the keyboard walks references and columns, opens the panel, finds, and leaves", async ({ page }) => {
  await openOverview(page, "sample-web");
  const isInDrawing = () =>
    page.evaluate(() => document.activeElement?.closest("[data-testid=overview] [data-key^=n]") != null);
  for (let i = 0; i < 40 && !(await isInDrawing()); i++) await page.keyboard.press("Tab");
  expect(await isInDrawing()).toBe(true);
  await drawing(page)
    .getByRole("button", { name: /^cmdk / })
    .focus();
  await page.keyboard.press("ArrowRight");
  await expect(drawing(page).locator(":focus")).toHaveAttribute("aria-label", /^@radix-ui\/react-dialog /);
  await page.keyboard.press("ArrowLeft");
  await expect(drawing(page).locator(":focus")).toHaveAttribute("aria-label", /^cmdk /);
  await page.keyboard.press("ArrowUp");
  await expect(drawing(page).locator(":focus")).not.toHaveAttribute("aria-label", /^cmdk /);
  await page.keyboard.press("Enter");
  await expect(panel(page)).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(panel(page)).toHaveCount(0);
  await page.keyboard.press("/");
  await expect(page.getByLabel("Find a node")).toBeFocused();
});

test("hovering a box shows its card and lights its row; hovering a row lights its box", async ({ page }) => {
  await openOverview(page, "sample-web");
  const box = drawing(page).getByRole("button", { name: /^react-dom / });
  await box.hover();
  const card = page.getByTestId("overview-card");
  await expect(card).toContainText("It alone keeps");
  const [cardBox, boxBox] = [await card.boundingBox(), await box.boundingBox()];
  expect(
    cardBox!.x + cardBox!.width < boxBox!.x ||
      cardBox!.x > boxBox!.x + boxBox!.width ||
      cardBox!.y > boxBox!.y + boxBox!.height ||
      cardBox!.y + cardBox!.height < boxBox!.y,
  ).toBe(true);
  const rows = page.getByRole("region", { name: "Nodes shown" });
  await expect(rows.getByRole("row", { name: /^scheduler / })).toHaveClass(/bg-shade/);
  await page.mouse.move(5, 5);
  await expect(card).toHaveCount(0);

  await rows.getByRole("row", { name: /^scheduler / }).hover();
  const around = (name: RegExp) => boxes(page).filter({ has: page.getByRole("button", { name }) });
  await expect(around(/^scheduler /)).toHaveClass(/pointed/);
  await expect(around(/^react-dom /)).toHaveClass(/lit/);
});

test("the wheel zooms, the minimap appears beside the drawing, and back restores the view", async ({ page }) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await openOverview(page, "sample-web");
  await expect(page.getByTestId("overview-minimap")).toHaveCount(0);
  // A node whose neighbours are near: selecting another one may zoom out to show them.
  const node = boxes(page).filter({ has: page.getByRole("button", { name: /^scheduler / }) });
  await node.hover();
  for (let i = 0; i < 5; i++) await page.mouse.wheel(0, -100);
  await expect.poll(() => zoomOf(page)).toBeCloseTo(1.18 ** 5, 2);
  const [map, window] = [await page.getByTestId("overview-minimap").boundingBox(), await drawing(page).boundingBox()];
  expect(map!.y).toBeGreaterThanOrEqual(window!.y + window!.height);

  const viewBox = () => drawing(page).locator("svg").getAttribute("viewBox");
  const before = await viewBox();
  await node.click();
  await expect(panel(page)).toBeVisible();
  for (let i = 0; i < 3; i++) await page.mouse.wheel(0, -100);
  await expect.poll(() => zoomOf(page)).toBeGreaterThan(1.18 ** 7);
  await page.goBack();
  await expect(panel(page)).toHaveCount(0);
  await expect
    .poll(async () => (await viewBox())!.split(" ").map((each) => Math.round(Number(each))))
    .toEqual(before!.split(" ").map((each) => Math.round(Number(each))));
  await page.getByRole("button", { name: "Fit" }).click();
  await expect(page.getByTestId("overview-zoom")).toHaveText("100 %");
});

test("keys move a drawing that was just opened", async ({ page }) => {
  await openOverview(page, "sample-web");
  await page.keyboard.press("+");
  await expect(page.getByTestId("overview-zoom")).not.toHaveText("100 %");
  await page.keyboard.press("0");
  await expect(page.getByTestId("overview-zoom")).toHaveText("100 %");
});

test("a double click, or f, puts a node in the middle, and m shows it on the map", async ({ page }) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await openOverview(page, "sample-web");
  const box = boxes(page).first();
  await box.dblclick();
  await expect(page.getByTestId("focus-board")).toBeVisible();
  await page.goBack();
  await expect(drawing(page)).toHaveAttribute("data-ready", "true");
  await page.keyboard.press("Escape");
  await boxes(page).nth(3).locator('[role="button"]').focus();
  await page.keyboard.press("f");
  await expect(page.getByTestId("focus-board")).toBeVisible();
  await page.goBack();
  await boxes(page).nth(3).locator('[role="button"]').focus();
  await page.keyboard.press("m");
  await expect(page.getByTestId("map-canvas")).toBeVisible();
});

test("filters leave nodes out, say so, and are undone", async ({ page }) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await openOverview(page, "sample-web");
  const all = await boxes(page).count();
  await page.locator("summary", { hasText: "Root" }).click();
  await page
    .locator("details[open]")
    .getByRole("link", { name: /^layer 0/ })
    .click();
  await expect(page).toHaveURL(/[?&]root=unowned:/);
  await expect.poll(() => boxes(page).count()).toBeLessThan(all);
  await expect(page.getByTestId("overview-status")).toContainText(/\d+ match the filters/);
  await page.keyboard.press("Control+z");
  await expect(boxes(page)).toHaveCount(all);
});

test("the drawing is saved as SVG and as PNG", async ({ page }) => {
  await openOverview(page, "sample-web");
  const save = async (name: string) => {
    const [file] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name }).click()]);
    expect(file.suggestedFilename()).toMatch(/^sample-web-overview\.(svg|png)$/);
    return readFileSync(await file.path());
  };
  const svg = (await save("Save as SVG")).toString("utf8");
  expect(svg).toContain("react-dom");
  expect(svg).not.toMatch(/var\(--|oklab|oklch|color\(|class=|<script/);
  const shown = await page.evaluate((text) => {
    const parsed = new DOMParser().parseFromString(text, "image/svg+xml");
    return { errors: parsed.querySelectorAll("parsererror").length, texts: parsed.querySelectorAll("text").length };
  }, svg);
  expect(shown.errors).toBe(0);
  expect(shown.texts).toBeGreaterThan(50);
  const png = await save("Save as PNG");
  expect(png.subarray(0, 8).toString("hex")).toBe("89504e470d0a1a0a");
  expect(png.readUInt32BE(16)).toBeGreaterThan(2000);
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`with groups open, a node selected and a menu open it is accessible in the ${colorScheme} theme`, async ({
    page,
  }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await openOverview(page, STORE, "&open=1&node=5");
    await page.locator("summary", { hasText: "Size" }).click();
    await drawing(page).getByRole("button").nth(20).focus();
    await expectAccessible(page);
  });
}

test("the panel is as wide as its reader wants, by pointer and by keyboard, and covers no neighbour", async ({
  page,
}) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await openOverview(page, "sample-web");
  await drawing(page)
    .getByRole("button", { name: /^react-dom / })
    .click();
  await expect(panel(page)).toBeVisible();
  const edge = page.getByRole("separator", { name: "Width of the panel" });
  await expect(edge).toHaveAttribute("aria-valuenow", "340");
  await edge.focus();
  for (let i = 0; i < 4; i++) await page.keyboard.press("ArrowLeft");
  await expect(edge).toHaveAttribute("aria-valuenow", "420");
  const outside = () =>
    drawing(page)
      .locator(".overview-box.lit")
      .evaluateAll((all) => all.filter((box) => box.getBoundingClientRect().right > innerWidth - 420).length);
  await expect.poll(outside).toBe(0);

  const box = (await edge.boundingBox())!;
  await page.mouse.move(box.x + 5, 300);
  await page.mouse.down();
  await page.mouse.move(box.x + 65, 300, { steps: 4 });
  await page.mouse.up();
  await expect(edge).toHaveAttribute("aria-valuenow", "360");
  await page.reload();
  await expect(edge).toHaveAttribute("aria-valuenow", "360");
  await edge.dblclick();
  await expect(edge).toHaveAttribute("aria-valuenow", "340");
});
