import { expect, test } from "@playwright/test";
import { address } from "./address.ts";
import { openPage } from "./open-page.ts";

// How much storage does a set of images need, and what would sharing save?

const SAVINGS = "/savings?in=sample-web,sample-api,sample-base";

test("selected images show their ladder", async ({ page }) => {
  await openPage(page, "/savings");
  await page.getByRole("option", { name: /sample-web/ }).click();
  await page.getByRole("option", { name: /sample-api/ }).click();
  await expect(page.getByRole("checkbox", { checked: true })).toHaveCount(2);
  await page.getByRole("button", { name: "Savings of 2" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Storage needed by 2 artifacts" })).toBeVisible();
});

test("no rung of the ladder needs more than the one before, package aside", async ({ page, request }) => {
  await openPage(page, SAVINGS);
  await expect(page.getByRole("img", { name: /^Bytes needed/ })).toBeVisible();
  const csv = await (await request.get(address(SAVINGS.replace("/savings", "/savings/ladder.csv")))).text();
  const rungs = csv
    .trim()
    .split("\r\n")
    .map((row) => row.split(","))
    .filter(([ladder, rung]) => ladder === "disk" && rung !== "package")
    .map(([, , bytes]) => Number(bytes));
  expect(rungs).toHaveLength(6);
  expect(rungs).toEqual(rungs.toSorted((a, b) => b - a));
});

test("the added cost is shown for every artifact and rung", async ({ page }) => {
  await openPage(page, SAVINGS);
  const table = page.getByRole("region", { name: "Added cost per artifact" });
  await expect(table.getByRole("row")).toHaveCount(4);
  await expect(table.getByRole("columnheader")).toHaveCount(8);
});

test("a reload shows the same, and the set leads to its overlap", async ({ page }) => {
  await openPage(page, SAVINGS);
  const ladder = page.getByRole("region", { name: "The ladder", exact: true });
  const shown = await ladder.textContent();
  await page.reload();
  expect(await ladder.textContent()).toBe(shown);
  await page
    .getByRole("navigation", { name: "Questions about this set" })
    .getByRole("link", { name: "Overlap" })
    .click();
  await expect(page.getByRole("heading", { level: 1, name: "Overlap of 3" })).toBeVisible();
});
