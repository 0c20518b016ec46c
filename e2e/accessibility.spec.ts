import AxeBuilder from "@axe-core/playwright";
import { expect, test } from "@playwright/test";
import { address } from "./address.ts";

// Can everyone read it? WCAG 2.2 AA by axe on every page in both themes, and no page wider than a narrow phone.

const PAGES = [
  "/",
  "/docs",
  "/artifacts/sample-web",
  "/artifacts/sample-web/graph",
  "/artifacts/sample-web/graph?node=0",
  "/artifacts/sample-web/why/react-dom",
  "/artifacts/no-such-image",
];
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

for (const path of PAGES) {
  for (const colorScheme of ["light", "dark"] as const) {
    test(`${path} breaks no rule in the ${colorScheme} theme`, async ({ page }) => {
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      await page.goto(address(path));
      await page.waitForLoadState("networkidle");
      const { violations } = await new AxeBuilder({ page }).withTags(RULES).analyze();
      expect(
        violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(" ")).join(" | ")}`),
      ).toEqual([]);
    });
  }

  test(`${path} fits a screen 360 pixels wide`, async ({ page }) => {
    await page.setViewportSize({ width: 360, height: 740 });
    await page.goto(address(path));
    await page.waitForLoadState("networkidle");
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  });
}
