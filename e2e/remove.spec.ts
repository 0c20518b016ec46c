import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "@playwright/test";
import { buildDockerArchive } from "#testing/builders/image-archive.ts";
import { PLANTED_WASTE } from "#testing/builders/planted-waste.ts";
import { buildTar } from "#testing/builders/tar.ts";
import { expectAccessible } from "./accessible.ts";
import { address } from "./address.ts";
import { test } from "./kept-page.ts";
import { openPage } from "./open-page.ts";
import { stratigraph } from "./stratigraph.ts";

// What can I remove from this image, and what does it save?

const PAGE = "/artifacts/e2e-locales/remove";

let folder = "";

test.afterAll(() => rmSync(folder, { recursive: true }));
// A worker that starts again after a failure runs this once more.
test.beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "stratigraph-remove-"));
  const locales = PLANTED_WASTE.find((waste) => waste.class === "locales")!;
  const clean = [{ path: "app", body: "x".repeat(10) }];
  const packages = PLANTED_WASTE.find((waste) => waste.class === "unreached")!;
  for (const [name, layers] of [
    ["e2e-locales", locales.layers],
    ["e2e-clean", [clean]],
    ["e2e-packages", packages.layers],
  ] as const) {
    const file = join(folder, `${name}.tar`);
    writeFileSync(
      file,
      buildDockerArchive(
        layers.map((layer) => buildTar(layer)),
        { name },
      ),
    );
    stratigraph("scan", `docker-archive:${file}`);
  }
});

test("an image's page leads to what can go, and a selection says what is left, by keyboard alone", async ({ page }) => {
  await openPage(page, "/artifacts/e2e-locales");
  await page.getByRole("link", { name: "Remove", exact: true }).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: "Remove" })).toBeVisible();
  const box = page.getByRole("checkbox", { name: "Translations, 3.9 KiB" });
  await box.focus();
  await page.keyboard.press("Space");
  await expect(page.getByText("After removing 1 of 1 row")).toBeVisible();
  await expect(page.getByText("3.9 KiB selected")).toBeVisible();
  expect(page.url()).toContain("take=locales");
  await page.reload();
  await expect(box).toBeChecked();
  await box.uncheck();
  await expect(page.getByText("Nothing selected")).toBeVisible();
  expect(page.url()).not.toContain("take");
});

test("a row says how, and names the files, on Enter", async ({ page }) => {
  await openPage(page, PAGE);
  const how = page.getByText("How to, and which files");
  await expect(page.getByText("/usr/lib/locale/locale-archive")).toBeVisible();
  await how.focus();
  await page.keyboard.press("Enter");
  await expect(page.getByText("/usr/lib/locale/locale-archive")).toBeHidden();
});

test("an image without waste says what was checked", async ({ page }) => {
  await openPage(page, "/artifacts/e2e-clean/remove");
  await expect(page.getByText("Nothing to remove. 12 classes checked.")).toBeVisible();
});

test("what has to run is chosen by name, and what it does not need becomes a row, by keyboard alone", async ({
  page,
}) => {
  await openPage(page, "/artifacts/e2e-packages/remove");
  const field = page.getByRole("textbox", { name: "Component that has to run" });
  await field.fill("ap");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("alert").filter({ hasText: "no node is named ap" })).toBeVisible();
  await page.getByRole("link", { name: "ap: need not run" }).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("alert").filter({ hasText: "no node" })).toBeHidden();
  await field.fill("app");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "If only app has to run" })).toBeVisible();
  await expect(page.getByText("app needs 2 of 4 components, 500 B; the other 2 have 1.6 KiB.")).toBeVisible();
  const row = page.getByRole("checkbox", { name: "Not needed to run, 1.6 KiB" });
  await row.focus();
  await page.keyboard.press("Space");
  await expect(page.getByText("1.6 KiB selected")).toBeVisible();
  await page.reload();
  await expect(row).toBeChecked();
  await page.getByRole("link", { name: "app: need not run" }).click();
  await expect(page.getByRole("heading", { name: "If only this has to run" })).toBeVisible();
  await expect(row).toBeHidden();
});

test("a folder of what can go opens in place, and its table and file have the same bytes", async ({
  page,
  request,
}) => {
  await openPage(page, `${PAGE}?take=locales`);
  const section = page.getByRole("region", { name: "By folder" });
  // Everything listed is below usr, so what is in it is shown at once.
  await section.getByRole("table").getByRole("link", { name: "usr/lib", exact: true }).click();
  await expect(page).toHaveURL(/folder=usr/);
  await expect(section.getByRole("navigation", { name: "Folder" }).getByText("lib")).toBeVisible();
  await section.getByRole("link", { name: "All folders" }).click();
  await expect(page).not.toHaveURL(/folder=/);
  const rows = (await (await request.get(address("/artifacts/e2e-locales/remove-folders.csv?take=locales"))).text())
    .trim()
    .split("\r\n");
  expect(rows[0]).toBe("path,name,bytes,listed,selected");
  const listed = rows.slice(1).map((row) => Number(row.split(",").at(-2)));
  expect(listed.reduce((sum, bytes) => sum + bytes, 0)).toBe(4000);
});

test("the lists as files have the bytes of the page", async ({ request }) => {
  const rows = (await (await request.get(address("/artifacts/e2e-locales/remove.csv"))).text()).split("\r\n");
  expect(rows.slice(0, 2)).toEqual([
    "class,title,bytes,ownBytes,count,layer,estimated",
    "locales,Translations,4000,4000,2,0,false",
  ]);
  const suspects = await (await request.get(address("/artifacts/e2e-locales/suspects.csv"))).text();
  expect(suspects).toMatch(/^name,kind,retainedSize,share,accumulation,rootCount,path,nodes\r\n/);
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`the page breaks no rule with rows selected, in the ${colorScheme} theme`, async ({ page }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await page.setViewportSize({ width: 360, height: 800 });
    await openPage(page, `${PAGE}?take=locales`);
    await expectAccessible(page);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  });
}
