import { test as base, type Page } from "@playwright/test";
import { address } from "./address.ts";

/**
 * Tests with one page for all of a worker: a new one takes three processes and loads the scripts again, half the processor time of a
 * short test. What the pages store is removed after each test. A test that listens to the page, adds scripts to it or needs other
 * settings of a browser is written with Playwright's own `test`.
 */
export const test = base.extend<object, { kept: Page }>({
  kept: [
    async ({ browser }, use) => {
      const kept = await browser.newPage();
      await use(kept);
      await kept.close();
    },
    { scope: "worker" },
  ],
  page: async ({ kept, viewport }, use) => {
    await kept.setViewportSize(viewport!);
    await kept.emulateMedia({ colorScheme: null, reducedMotion: null });
    await use(kept);
    await kept.context().clearCookies();
    if (kept.url().startsWith(address("")))
      await kept.evaluate(() => [localStorage, sessionStorage].map((each) => each.clear()));
  },
});
