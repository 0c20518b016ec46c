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
