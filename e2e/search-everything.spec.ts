import { createHash } from "node:crypto";
import { writeFileSync } from "node:fs";
import { expect, type Page, test } from "@playwright/test";
import { buildDockerArchive } from "#testing/builders/image-archive.ts";
import { buildTar } from "#testing/builders/tar.ts";
import { expectAccessible } from "./accessible.ts";
import { openPage } from "./open-page.ts";
import { stratigraph } from "./stratigraph.ts";

// Does one field find everything, over all artifacts, and does every page have its key?

const LIBRARY = "usr/lib/libe2efoo.so.1";
const NAMES = ["e2e-find-one:1", "e2e-find-two:1", "e2e-find-three:1"];

// The images are scanned once, for all tests.
test.describe.configure({ mode: "default" });

test.beforeAll(() => {
  const base = buildTar([{ path: LIBRARY, body: "old" }]);
  const layers = [[base], [base, buildTar([{ path: LIBRARY, body: "newer" }])]];
  layers.push([base, buildTar([{ path: "usr/lib/.wh.libe2efoo.so.1" }])]);
  for (const [i, name] of NAMES.entries()) {
    const file = test.info().outputPath(`${i}.tar`);
    writeFileSync(file, buildDockerArchive(layers[i]!, { name }));
    stratigraph("scan", `docker-archive:${file}`);
  }
});
test.afterAll(() => {
  for (const name of NAMES) stratigraph("rm", name);
});

/** The part of the program that the search needs arrives this much later than it is called. */
const SLOW_CHUNK_MS = 400;

async function search(page: Page, text: string) {
  await page.keyboard.press("Control+k");
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("combobox").fill(text);
  return dialog;
}

test("which images have a library is answered by its name, and Tab chooses one of them", async ({ page }) => {
  await openPage(page, "/");
  const dialog = await search(page, "libe2efoo");
  const file = dialog.getByRole("option", { name: `/${LIBRARY}` });
  await expect(file).toContainText("2 artifacts, 2 contents");
  await expectAccessible(page);
  await page.keyboard.press("Tab");
  await expect(dialog.getByRole("option")).toHaveText([/e2e-find-one:1.*layer 0/, /e2e-find-two:1.*layer 1/]);
  await expectAccessible(page);
  await dialog.getByRole("combobox").fill("two");
  await expect(dialog.getByRole("option")).toHaveCount(1);
  await page.keyboard.press("Escape");
  await expect(file).toBeVisible();
  await expect(dialog.getByRole("combobox")).toHaveValue("libe2efoo");
  await page.keyboard.press("Tab");
  await expect(dialog.getByRole("option")).toHaveCount(2);
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(new RegExp(`/file\\?path=/${LIBRARY}$`));
  await expect(page.getByRole("main")).toContainText("e2e-find-two:1");
});

test("the SHA-256 of a file, typed and entered, opens the file", async ({ page }) => {
  await openPage(page, "/");
  const digest = createHash("sha256").update("newer").digest("hex");
  const dialog = await search(page, `sha256:${digest}`);
  await expect(dialog.getByRole("option")).toHaveText([/file \/usr\/lib\/libe2efoo\.so\.1 in e2e-find-two:1/]);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(new RegExp(`/file\\?path=/${LIBRARY}$`));
  await expect(page.getByRole("main")).toContainText("e2e-find-two:1");
});

test("the mouse opens the list of artifacts, and the palette has no results it did not search for", async ({
  page,
}) => {
  await openPage(page, "/");
  const dialog = await search(page, "libe2efoo.so.1");
  await dialog.getByText("2 artifacts, 2 contents").click();
  await dialog.getByRole("option", { name: /e2e-find-one/ }).click();
  await expect(page).toHaveURL(/\/file\?path=/);
  await search(page, "libabsent.so.1");
  await expect(dialog).toContainText(
    /No name, component, digest or beginning of a file’s name in \d+ artifacts matches/,
  );
  await expect(dialog.getByRole("option", { name: /Scan an image/ })).toBeVisible();
  await expectAccessible(page);
  await dialog.getByRole("combobox").fill("sha256:000000");
  await expect(dialog).toContainText(/matches sha256:000000/);
  await dialog.getByRole("combobox").fill("%");
  await expect(dialog).toContainText(/matches %/);
});

test("what was opened is listed first the next time, and a sign narrows to commands", async ({ page }) => {
  await openPage(page, "/");
  let dialog = await search(page, "e2e-find-one");
  await dialog
    .getByRole("option", { name: /e2e-find-one/ })
    .first()
    .click();
  await expect(page).toHaveURL(/\/artifacts\/[0-9a-f]+$/);
  dialog = await search(page, "");
  await expect(dialog.getByRole("option").first()).toContainText("e2e-find-one:1");
  await expect(dialog.getByRole("option", { name: /Compare it with.*C/ })).toBeVisible();
  await expect(dialog.getByRole("option", { name: /Savings.*G S/ })).toBeVisible();
  await expectAccessible(page);
  await dialog.getByRole("combobox").fill("> remove");
  await expect(dialog.getByRole("option")).toHaveText([/What can be removed\?/]);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/remove$/);
});

test("Ctrl and Enter open a result in a new tab", async ({ page, context }) => {
  await openPage(page, "/");
  const dialog = await search(page, "e2e-find-one");
  await expect(dialog.getByRole("option", { name: /e2e-find-one/ }).first()).toBeVisible();
  const opened = context.waitForEvent("page");
  await page.keyboard.press("Control+Enter");
  await expect(await opened).toHaveURL(/\/artifacts\/[0-9a-f]+$/);
  await expect(page).toHaveURL(/\/$/);
});

test("letters lead to pages, act on the artifact shown, and never while a person types", async ({ page }) => {
  await openPage(page, "/artifacts/sample-web");
  const press = async (...keys: string[]) => {
    for (const key of keys) await page.keyboard.press(key);
  };
  await press("r");
  await expect(page).toHaveURL(/\/artifacts\/[^/]+\/remove$/);
  await press("c");
  await expect(page).toHaveURL(/\/compare\?a=/);
  for (const [letter, path] of [
    ["s", "savings"],
    ["j", "jobs"],
    ["r", "reports"],
    ["d", "docs"],
    ["c", "compare"],
  ]) {
    await press("g", letter!);
    await expect(page).toHaveURL(new RegExp(`/${path}$`));
  }
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await press("g", "a");
  await expect(page.getByRole("searchbox", { name: "Filter by name" })).toBeVisible();
  await press("/");
  await expect(page.getByRole("searchbox", { name: "Filter by name" })).toBeFocused();
  await press("g", "d");
  await expect(page).toHaveURL(/q=gd$/);
  await openPage(page, "/docs");
  await press("/");
  await expect(page.getByRole("dialog")).toBeVisible();
});

test("the page of suspects is a part of the page of what can be removed", async ({ page }) => {
  await openPage(page, "/artifacts/sample-web/suspects");
  await expect(page).toHaveURL(/\/artifacts\/sample-web\/remove#suspects$/);
});

test("the palette fits a phone", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await openPage(page, "/");
  const dialog = await search(page, "libe2efoo");
  await expect(dialog.getByRole("option").first()).toContainText("2 artifacts");
  const inside = await dialog.evaluate((box) => box.scrollWidth <= box.clientWidth);
  expect(inside).toBe(true);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
});

test("keys pressed before the search has opened reach its field, and no page or dialog", async ({ page }) => {
  await openPage(page, "/");
  await page.route("**/_next/static/chunks/**", async (route) => {
    await new Promise((resolve) => setTimeout(resolve, SLOW_CHUNK_MS));
    await route.continue();
  });
  await page.keyboard.press("Control+k");
  await page.keyboard.type("sha256:c");
  await expect(page.getByRole("combobox")).toHaveValue("sha256:c");
  await page.keyboard.type("s");
  await expect(page.getByRole("combobox")).toHaveValue("sha256:cs");
  await expect(page.getByRole("dialog")).toHaveCount(1);
  await expect(page).toHaveURL(/\/$/);
});
