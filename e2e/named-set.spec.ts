import { expect, test } from "@playwright/test";
import { openPage } from "./open-page.ts";

// Can I save a set for later?

test("a set is saved on its page, selected again by its name, and deleted", async ({ page }) => {
  await openPage(page, "/compare?a=sample-base&b=sample-web");
  await page.getByText("Name this set").click();
  await expect(page.getByLabel("Name of the set")).toBeFocused();
  await page.keyboard.type("the web / weekly");
  await expect(page.getByRole("dialog"), "a slash in a field is a character").toHaveCount(0);
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Saved as the web / weekly.")).toBeVisible();
  await expect(page).toHaveURL(/\/compare\?a=sample-base&b=sample-web$/);

  await openPage(page, "/compare");
  await page.getByRole("combobox").fill("weekly");
  await page.getByRole("option", { name: /The set the web \/ weekly/ }).click();
  await page.getByRole("button", { name: "Compare 2" }).click();
  await expect(page).toHaveURL(/a=[0-9a-f]{12}&b=[0-9a-f]{12}/);
  await expect(page.getByRole("heading", { level: 1 })).toContainText("sample-base");
  await expect(page.getByText("Saved as the web / weekly")).toBeVisible();

  for (const path of ["/compare", "/savings"]) {
    await openPage(page, path);
    const button = page.getByRole("button", { name: "Delete set the web / weekly" });
    await button.scrollIntoViewIfNeeded();
    // A click in its middle must reach the button itself, not a card on top of it.
    await button.click({ trial: true });
  }
  await page.getByRole("button", { name: "Delete set the web / weekly" }).click();
  await expect(page.getByText("the web / weekly")).toHaveCount(0);
});

test("a blank name is refused with a message on the page", async ({ page }) => {
  await openPage(page, "/savings?in=sample-api,sample-web");
  await page.getByText("Name this set").click();
  // A space before that would close it again.
  await expect(page.getByLabel("Name of the set")).toBeFocused();
  await page.keyboard.type("   ");
  await page.getByRole("button", { name: "Save" }).click();
  const field = page.getByLabel("Name of the set");
  expect(await field.evaluate((input: HTMLInputElement) => input.validity.valid)).toBe(false);
  await field.evaluate((input: HTMLInputElement) => {
    input.form!.noValidate = true;
  });
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("A set needs a name of 1 to 80 characters and 2 to 32 artifacts.")).toBeVisible();
  await expect(page).toHaveURL(/\/savings\?/);
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
