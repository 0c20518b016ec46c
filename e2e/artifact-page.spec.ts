import { expect } from "@playwright/test";
import { address } from "./address.ts";
import { test } from "./kept-page.ts";
import { openPage } from "./open-page.ts";

// What is in this image, layer by layer, and what part of it is wasted?

test("the home page lists the artifacts and shows what sharing layers saves", async ({ page }) => {
  await openPage(page, "/");
  await expect(page.getByText("As layers on a disk")).toBeVisible();
  await page
    .getByRole("region", { name: "Images, closures and SBOMs" })
    .getByRole("link", { name: /sample-web/ })
    .click();
  await expect(page.getByRole("heading", { level: 1, name: "sample-web" })).toBeVisible();
});

test("an image is found by its name, and shows one row per layer", async ({ page }) => {
  await openPage(page, "/artifacts/sample-api");
  await expect(page.getByRole("img", { name: /^The layers as strata/ })).toBeVisible();
  await expect(page.getByRole("region", { name: "Layers" }).locator("tbody tr")).toHaveCount(5);
});

test("bytes that a later layer hides are shown as waste, with both layers", async ({ page }) => {
  await openPage(page, "/artifacts/sample-web");
  const waste = page.getByRole("region", { name: "Wasted bytes" });
  await expect(waste.getByText(/@types\/react/).first()).toBeVisible();
  await expect(waste.getByRole("link", { name: /^\d+$/ }).first()).toBeVisible();
});

test("opened directories are part of the URL", async ({ page }) => {
  await openPage(page, "/artifacts/sample-api");
  const files = page.getByRole("region", { name: "Files a container sees" });
  const closed = await files.getByRole("row").count();
  await files.getByRole("button", { expanded: false }).first().click();
  await expect(page).toHaveURL(/[?&]open=/);
  await expect(files.getByRole("button", { expanded: true })).toHaveCount(1);
  const opened = await files.getByRole("row").count();
  expect(opened).toBeGreaterThan(closed);
  await page.reload();
  await expect(files.getByRole("row")).toHaveCount(opened);
});

test("components filter by name and sort by size, and download as CSV", async ({ page, request }) => {
  await openPage(page, "/artifacts/sample-web");
  await page.getByLabel("Filter by name").fill("react");
  await expect(page).toHaveURL(/[?&]q=react/);
  const names = page.getByRole("region", { name: "Components", exact: true }).last().locator("tbody tr td:first-child");
  await expect.poll(async () => (await names.allInnerTexts()).every((name) => name.includes("react"))).toBe(true);

  const csv = await request.get(address("/artifacts/sample-web/nodes.csv"));
  const lines = (await csv.text()).trim().split("\r\n");
  expect(lines[0]).toContain("id,kind,name,version,selfSize,closureSize,retainedSize");
  expect(lines.length).toBeGreaterThan(5);
});

test("the graph downloads in every format that the page offers", async ({ page, request }) => {
  await openPage(page, "/artifacts/sample-web");
  const links = page.getByRole("region", { name: "Export" }).getByRole("link");
  const paths = await links.evaluateAll((all) => all.slice(1).map((each) => each.getAttribute("href")!));
  const types: string[] = [];
  for (const path of paths) {
    const response = await request.get(address(path));
    expect([path, response.status()]).toEqual([path, 200]);
    types.push(response.headers()["content-disposition"]!);
    if (path.includes("cyclonedx")) expect((await response.json()).metadata.component.name).toBe("sample-web");
  }
  expect(types).toEqual(
    ["cdx.json", "cdx.json", "spdx.json", "dot", "graphml", "edges.csv"].map(
      (extension) => `attachment; filename="sample-web.${extension}"`,
    ),
  );
  for (const wrong of ["", "?format=pdf", "?format=spdx&spec=9"]) {
    expect((await request.get(address(`/artifacts/sample-web/export${wrong}`))).status()).toBe(404);
  }
});

test("the global search opens by keyboard and leads to a node", async ({ page }) => {
  await openPage(page, "/");
  await page.keyboard.press("Control+k");
  await page.getByRole("dialog").getByRole("combobox").fill("react-dom");
  await expect(page.getByRole("option", { name: /react-dom/ }).first()).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: /^react-dom/ })).toBeVisible();
});

test("a number's definition appears on focus, and Escape closes it", async ({ page }) => {
  await openPage(page, "/artifacts/sample-web");
  await page.getByRole("link", { name: "Wasted" }).first().focus();
  await expect(page.getByRole("tooltip")).toContainText("no container can see");
  await page.keyboard.press("Escape");
  await expect(page.getByRole("tooltip")).toBeHidden();
});

test("an unknown name gets a page that says what to do", async ({ page }) => {
  const response = await openPage(page, "/artifacts/no-such-image");
  expect(response?.status()).toBe(404);
  await expect(page.getByRole("heading", { name: "Artifact not found" })).toBeVisible();
  await expect(page.getByText("./stratigraph list")).toBeVisible();
});
