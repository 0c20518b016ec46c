import { expect, type Page, test } from "@playwright/test";
import { openPage } from "./open-page.ts";

// What is new in the other image, and what depends on it? Asked in one drawing of both graphs.

const PAIR = "/compare?a=sample-api&b=sample-web";
const drawn = (page: Page) => page.getByRole("region", { name: "Nodes shown" });

test("a difference opens as one graph, and an added component shows its dependency path", async ({ page }) => {
  await openPage(page, PAIR);
  await page.getByRole("link", { name: "Open both graphs as one" }).click();
  await expect(page.getByTestId("overview")).toHaveAttribute("data-ready", "true");
  await drawn(page)
    .getByRole("link", { name: /^only right react-dom/ })
    .click();
  const panel = page.getByRole("region", { name: "Component react-dom" });
  await expect(panel.getByRole("heading", { name: /Dependency path on the right/ })).toBeVisible();
  await expect(panel.getByText("not present")).toBeVisible();

  await page.reload();
  await expect(panel).toBeVisible();
  await panel.getByRole("link", { name: "All paths" }).click();
  await expect(page.getByRole("heading", { level: 1, name: /^react-dom/ })).toBeVisible();
});

test("changes and unchanged components are drawn together, each with its side", async ({ page }) => {
  await openPage(page, PAIR.replace("/compare", "/compare/graph"));
  await expect(drawn(page).getByText("both").first()).toBeAttached();
  await expect(drawn(page).getByText("only right").first()).toBeAttached();
  const box = page.getByTestId("overview").getByRole("button", { name: /^scheduler / });
  await box.hover();
  await expect(page.getByTestId("overview-card")).toContainText("only right");
});

test("a component of either side is found by name and drawn", async ({ page }) => {
  await openPage(page, PAIR.replace("/compare", "/compare/graph"));
  await page.getByLabel("Find a node").fill("scheduler");
  await page
    .getByRole("region", { name: "Found" })
    .getByRole("link", { name: /scheduler/ })
    .first()
    .click();
  const panel = page.getByRole("region", { name: "Component scheduler" });
  await expect(panel).toBeVisible();
  await page.getByRole("button", { name: "Zoom in" }).click();
  await expect(page).toHaveURL(/[?&]z=/);
  // The view joins what the address compares.
  await page.reload();
  await expect(panel).toBeVisible();
});

test("both graphs as one map: what changed has its colour and its sign, what a node is its card and its panel", async ({
  page,
}) => {
  await openPage(page, PAIR.replace("/compare", "/compare/graph"));
  await page.getByRole("navigation", { name: "View" }).getByRole("link", { name: "Map" }).click();
  const map = page.getByTestId("map-canvas");
  await expect(map).toHaveAttribute("data-named", "true");
  await expect(page.getByText(/only right \d+$/)).toBeVisible();
  await expect(page.getByText(/both \d+$/)).toBeVisible();
  await expect(page.getByRole("link", { name: "Change", exact: true })).toHaveAttribute("aria-current", "true");

  const box = (await map.boundingBox())!;
  await page.mouse.move(box.x + box.width * 0.3, box.y + box.height * 0.3);
  await expect(page.getByText("Change", { exact: true }).last()).toBeVisible();
  await page.mouse.click(box.x + box.width * 0.3, box.y + box.height * 0.3);
  await expect(page.getByRole("region", { name: /^Component / })).toBeVisible();
  await page.getByRole("link", { name: "Stratum", exact: true }).click();
  await expect(page.getByText(/only right \d/)).toHaveCount(0);
});
