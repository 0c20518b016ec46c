import { expect, test } from "@playwright/test";
import { openPage } from "./open-page.ts";

// Can I keep a set that I ask about every week?

test("a set is given a name, chosen again by it, and forgotten", async ({ page }) => {
  await openPage(page, "/savings?in=sample-base,sample-web");
  await page.getByText("Name this set").click();
  await page.getByLabel("Name of the set").fill("the web, weekly");
  await page.getByRole("button", { name: "Keep" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("2 artifacts");

  await openPage(page, "/compare");
  await page.getByRole("combobox").fill("weekly");
  await page.getByRole("option", { name: /The set the web, weekly/ }).click();
  await expect(page).toHaveURL(/a=[0-9a-f]{12}&b=[0-9a-f]{12}/);
  await expect(page.getByRole("heading", { level: 1 })).toContainText("sample-base");

  await openPage(page, "/compare");
  await page.getByRole("button", { name: "Forget the set the web, weekly" }).click();
  await expect(page.getByText("the web, weekly")).toHaveCount(0);
});

test("small components can be left out of a difference", async ({ page }) => {
  await openPage(page, "/compare?a=sample-api&b=sample-web");
  const rows = page.getByRole("region", { name: "Components" }).locator("tbody tr");
  await expect(rows.first()).toBeVisible();
  const all = await rows.count();
  await page.getByRole("navigation", { name: "At least this large" }).getByText("≥ 1 MiB").click();
  await expect(page).toHaveURL(/least=1048576/);
  await expect.poll(() => rows.count()).toBeLessThan(all);
});
