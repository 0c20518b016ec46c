import { expect, test } from "@playwright/test";
import { openPage } from "./open-page.ts";

// Does a URL without a page say what is missing?

const WRONG = [
  ["/nowhere", "Page not found"],
  ["/artifacts/no-such-image", "Artifact not found"],
  ["/artifacts/no-such-image/graph", "Artifact not found"],
  ["/artifacts/sample-web/why/99999", "Component not found"],
  ["/artifacts/sample-web/why/no-such-package", "Component not found"],
  ["/r/nope", "Report not found"],
] as const;

for (const [path, words] of WRONG) {
  test(`${path}: ${words}, in the heading and in the title`, async ({ page }) => {
    const response = await openPage(page, path);
    expect(response?.status()).toBe(404);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(words);
    await expect(page).toHaveTitle(`${words} · Stratigraph`);
  });
}

test("a page that is not found names what was asked for, and links to what has a similar name", async ({ page }) => {
  await openPage(page, "/artifacts/sample-wbe");
  await expect(page.getByText("Asked for: sample-wbe")).toBeVisible();
  const similar = page.getByRole("navigation", { name: "Similar names" });
  await similar.getByRole("link", { name: "sample-web" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "sample-web" })).toBeVisible();
});

test("a component that is not found leads to the artifact's components with similar names", async ({ page }) => {
  await openPage(page, "/artifacts/sample-web/why/raect");
  await expect(page.getByText("Asked for: raect in sample-web")).toBeVisible();
  await page
    .getByRole("navigation", { name: "Similar names" })
    .getByRole("link", { name: /react@/ })
    .first()
    .click();
  await expect(page).toHaveURL(/why/);
  await expect(page.getByRole("heading", { level: 1 })).toContainText("react");
});
