import { expect, test } from "@playwright/test";
import { expectAccessible } from "./accessible.ts";
import { openPage } from "./open-page.ts";

// Can everyone read it? WCAG 2.2 AA by axe on every page in both themes, and no page wider than a narrow phone.

const PAGES = [
  "/",
  "/docs",
  "/artifacts/sample-web",
  "/artifacts/sample-web/graph",
  "/artifacts/sample-web/graph?node=0",
  "/artifacts/sample-web/why/react-dom",
  "/artifacts/no-such-image",
  "/compare",
  "/compare?a=sample-web&b=sample-api",
  "/compare?a=no-such-image&b=sample-web",
  "/compare/graph?a=sample-web&b=sample-api&node=0",
  "/compare?in=sample-web,sample-api,sample-base&cell=0.1.2",
  "/savings",
  "/savings?in=sample-web,sample-api,sample-base",
  "/reports",
];

for (const path of PAGES) {
  for (const colorScheme of ["light", "dark"] as const) {
    test(`${path} breaks no rule in the ${colorScheme} theme`, async ({ page }) => {
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      await openPage(page, path);
      await expectAccessible(page);
    });
  }

  test(`${path} fits a screen 360 pixels wide`, async ({ page }) => {
    await page.setViewportSize({ width: 360, height: 740 });
    await openPage(page, path);
    await page.waitForLoadState("networkidle");
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  });
}
