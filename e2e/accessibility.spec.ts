import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { expect } from "@playwright/test";
import { writeGeneratedStore } from "#testing/builders/store.ts";
import { expectAccessible } from "./accessible.ts";
import { test } from "./kept-page.ts";
import { openPage } from "./open-page.ts";
import { stratigraph } from "./stratigraph.ts";

// Is every page accessible? WCAG 2.2 AA by axe on every page in both themes, and no page wider than a narrow phone.

const PAGES = [
  "/",
  "/docs",
  "/artifacts/sample-web",
  "/artifacts/sample-web/graph",
  "/artifacts/sample-web/graph?node=0",
  "/artifacts/sample-web/graph?view=map",
  "/artifacts/sample-web/graph?view=map&node=0",
  "/artifacts/sample-web/graph?view=focus&node=react-dom",
  "/artifacts/sample-web/why/react-dom",
  "/artifacts/sample-web/retained",
  "/artifacts/sample-web/retained?picture=icicle&colour=size",
  "/names/sample-web",
  "/artifacts/sample-web/remove?take=wasted",
  "/artifacts/sample-web/remove?keep=react-dom&take=unneeded&folder=app",
  "/artifacts/sample-web/remove?keep=no-such-package",
  "/artifacts/sample-web/files",
  "/artifacts/sample-web/files?show=hidden",
  "/artifacts/sample-web/layers/4",
  "/artifacts/sample-web/layers/5?show=removed",
  "/artifacts/sample-web/file?path=/app/package.json",
  "/compare/file?a=sample-web&b=sample-api&path=/app/package.json",
  "/artifacts/no-such-image",
  "/compare",
  "/compare?a=sample-web&b=sample-api",
  "/compare?a=no-such-image&b=sample-web",
  "/compare/graph?a=sample-web&b=sample-api&node=0",
  "/compare/graph?a=sample-web&b=sample-api&view=map&node=0",
  "/compare?in=sample-web,sample-api,sample-base&cell=0.1.2",
  "/savings",
  "/lineage",
  "/lineage?show=stale&q=web",
  "/lineage?show=alone&sort=storeBytes",
  "/lineage/rebase",
  "/lineage/rebase?image=sample-web&from=sample-base&to=sample-api",
  "/lineage/relayer",
  "/lineage/relayer?image=sample-web,sample-api,sample-base&layers=16",
  "/lineage/relayer?image=sample-base,sample-api,sample-web&goal=update",
  "/whatif?component=libc6",
  "/cache-hits?in=sample-web,sample-api",
  "/savings?in=sample-web,sample-api,sample-base",
  "/reports",
  "/jobs",
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

for (const colorScheme of ["light", "dark"] as const) {
  test(`a store's treemap is readable and accessible in the ${colorScheme} theme`, async ({ page }, testInfo) => {
    const folder = testInfo.outputPath("store", "nix/var/nix/db");
    mkdirSync(folder, { recursive: true });
    const shape = { flavour: "nix", pathCount: 400, referenceCount: 1600, seed: 7 } as const;
    writeGeneratedStore(join(folder, "db.sqlite"), shape);
    stratigraph("scan", "--name", `a-store-in-${colorScheme}`, `nix-store:${testInfo.outputPath("store")}`);
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await openPage(page, `/artifacts/a-store-in-${colorScheme}`);
    await expect(
      page
        .getByRole("region", { name: /^The closure divided/ })
        .getByRole("link")
        .first(),
    ).toBeVisible();
    await expectAccessible(page);
  });
}

test("the chooser and the search announce the marked entry, and none if there is none", async ({ page }) => {
  await openPage(page, "/compare");
  const chooser = page.getByRole("combobox");
  for (const text of ["sample", "sample-w", "zzzz", "s"]) {
    await chooser.fill(text);
    await expect(page.locator("[role=option][data-highlighted]")).toHaveCount(text === "zzzz" ? 0 : 1);
    await expect.poll(() => chooser.evaluate(namesMarked)).toBe(true);
  }
  await expectAccessible(page);
  await page.keyboard.press("Escape");
  await page.keyboard.press("Control+k");
  await page.getByRole("dialog").getByRole("combobox").fill("zzzz");
  await expect(
    page.getByText(/^No name, component, digest or beginning of a file’s name in .* matches zzzz/),
  ).toBeVisible();
  await expectAccessible(page);
});

/** Whether a list's field names the marked entry, or none if none is marked. Runs in the page. */
function namesMarked(field: Element): boolean {
  const marked = document.querySelector('[role="option"][data-highlighted]');
  return (field.getAttribute("aria-activedescendant") ?? "") === (marked?.id ?? "");
}
