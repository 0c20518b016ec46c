import { writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { expect, test } from "@playwright/test";
import { buildDockerArchive } from "#testing/builders/image-archive.ts";
import { buildTar } from "#testing/builders/tar.ts";
import { expectAccessible } from "./accessible.ts";
import { address } from "./address.ts";
import { openPage } from "./open-page.ts";
import { stratigraph } from "./stratigraph.ts";

test("an answer is shared, its link opens in another browser, and it outlives its artifacts", async ({
  page,
  browser,
}, testInfo) => {
  for (const [name, bytes] of [
    ["early", 3000],
    ["late", 9000],
  ] as const) {
    const file = testInfo.outputPath(`${name}.tar`);
    const layer = buildTar([{ path: "srv/page", body: name.repeat(bytes) }]);
    writeFileSync(file, buildDockerArchive([layer], { name: `${name}:1` }));
    stratigraph("scan", `docker-archive:${file}`);
  }
  await openPage(page, "/compare?a=early:1&b=late:1");
  await page.getByRole("button", { name: "Share" }).click();
  await expect(page).toHaveURL(/\/r\/[a-z2-7]{24}$/);
  const link = page.url();
  await expect(page.getByText("It does not change")).toBeVisible();

  await openPage(page, "/compare?a=early:1&b=late:1");
  await page.getByRole("button", { name: "Share" }).click();
  await expect(page, "the same question has the same address").toHaveURL(link);

  stratigraph("rm", "early:1");
  stratigraph("rm", "late:1");
  const stranger = await browser.newContext();
  const theirs = await stranger.newPage();
  await theirs.goto(link);
  await expect(theirs.getByRole("heading", { level: 1 })).toContainText("late:1");
  await expect(theirs.locator('meta[property="og:title"]')).toHaveAttribute("content", /early:1 → late:1/);
  const picture = await theirs.locator('meta[property="og:image"]').getAttribute("content");
  const response = await theirs.request.get(picture!);
  expect([response.status(), response.headers()["content-type"]]).toEqual([200, "image/png"]);
  await stranger.close();
});

test("two images are compared, an intersection is opened and shared, and its contents outlive them", async ({
  page,
  browser,
}, testInfo) => {
  for (const [name, own] of [
    ["morning", "only in the morning"],
    ["evening", "only in the evening"],
  ] as const) {
    const file = testInfo.outputPath(`${name}.tar`);
    const both = { path: "srv/both-days", body: "the same all day long".repeat(100) };
    const layer = buildTar([both, { path: `srv/${name}-page`, body: own.repeat(100) }]);
    writeFileSync(file, buildDockerArchive([layer], { name: `${name}:1` }));
    stratigraph("scan", `docker-archive:${file}`);
  }
  await openPage(page, "/compare?a=morning:1&b=evening:1");
  await page.getByRole("link", { name: "Overlap" }).click();
  await page
    .getByRole("region", { name: "Intersections, largest first" })
    .getByRole("link", { name: /only morning:1/ })
    .first()
    .click();
  await expect(page.getByRole("region", { name: "Files of the intersection" })).toContainText("srv/morning-page");
  await page.getByRole("button", { name: "Share" }).click();
  await expect(page).toHaveURL(/\/r\/[a-z2-7]{24}\?cell=0/);

  const stranger = await browser.newContext();
  const theirs = await stranger.newPage();
  await theirs.goto(page.url());
  await expect(theirs.getByRole("region", { name: "Files of the intersection" })).toContainText("srv/morning-page");
  stratigraph("rm", "morning:1");
  stratigraph("rm", "evening:1");
  await theirs.reload();
  await expect(theirs.getByRole("region", { name: "Files of the intersection" })).toContainText("srv/morning-page");
  await theirs
    .getByRole("region", { name: "Intersections, largest first" })
    .getByRole("link", { name: /both/ })
    .first()
    .click();
  await expect(theirs.getByRole("region", { name: "Files of the intersection" })).toContainText("srv/both-days");
  await expectAccessible(theirs);
  await stranger.close();
});

test("the exported file opens from disk with the network off, and its tables sort", async ({
  page,
  browser,
}, testInfo) => {
  await openPage(page, "/savings?in=sample-base,sample-api,sample-web");
  await page.getByRole("button", { name: "Share" }).click();
  await expect(page).toHaveURL(/\/r\//);
  const waiting = page.waitForEvent("download");
  await page.getByRole("link", { name: "HTML" }).click();
  const file = testInfo.outputPath("report.html");
  await (await waiting).saveAs(file);
  expect((await readFile(file, "utf8")).length).toBeGreaterThan(2000);

  const offline = await browser.newContext({ offline: true });
  const page2 = await offline.newPage();
  const failures: string[] = [];
  page2.on("requestfailed", (request) => failures.push(request.url()));
  await page2.goto(`file://${file}`);
  await expect(page2.getByRole("heading", { name: "The ladder" })).toBeVisible();
  const rungs = page2.locator("table").first().locator("tbody tr td:first-child");
  const bytes = page2.locator("table").first().locator("th button", { hasText: "Needed" });
  await bytes.click();
  const down = await rungs.allTextContents();
  await bytes.click();
  expect([down[0], (await rungs.allTextContents()).at(-1)]).toEqual(["unshared", "unshared"]);
  await expect(page2.getByRole("heading", { name: "What the numbers mean" })).toBeVisible();
  await expectAccessible(page2);
  expect(failures).toEqual([]);
  await offline.close();
});

test("the exported file fits a phone: tables scroll in their boxes, no name is broken into single letters", async ({
  page,
  browser,
}, testInfo) => {
  await openPage(page, "/compare?a=sample-api&b=sample-web");
  await page.getByRole("button", { name: "Share" }).click();
  await expect(page).toHaveURL(/\/r\//);
  const waiting = page.waitForEvent("download");
  await page.getByRole("link", { name: "HTML" }).click();
  const file = testInfo.outputPath("report.html");
  await (await waiting).saveAs(file);

  const phone = await browser.newContext({ viewport: { width: 390, height: 844 } });
  const theirs = await phone.newPage();
  await theirs.goto(`file://${file}`);
  expect(await theirs.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  const heads = theirs.locator("table").first().locator("th");
  for (const head of await heads.all()) expect((await head.boundingBox())!.height).toBeLessThan(40);
  await phone.close();
});

test("a report names its subject, and a button copies its link", async ({ page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await openPage(page, "/compare?a=sample-base&b=sample-web");
  await page.getByRole("button", { name: "Share" }).click();
  await expect(page).toHaveURL(/\/r\//);
  await expect(page.getByRole("main").getByText("sample-base → sample-web")).toHaveCount(1);
  const inputs = page.getByRole("list", { name: "Artifacts of the report" }).getByRole("listitem");
  await expect(inputs).toHaveText([/sample-base\s*image\s*[0-9a-f]{12}/, /sample-web\s*image\s*[0-9a-f]{12}/]);
  await page.getByRole("button", { name: "Copy link" }).click();
  await expect(page.getByRole("button", { name: "Copied" })).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(page.url());
});

test("an image's report has its layers, its waste and the definitions of its numbers", async ({ page }) => {
  await openPage(page, "/artifacts/sample-web");
  await page.getByRole("button", { name: "Share" }).click();
  await expect(page).toHaveURL(/\/r\//);
  await expect(page.getByRole("img", { name: /The layers as strata/ })).toBeVisible();
  for (const name of ["Visible", "In layers", "Wasted", "Download", "Self", "Retained"])
    await expect(page.getByRole("main").getByRole("link", { name, exact: true }).first()).toBeVisible();
  await expect(page.getByRole("heading", { name: /Waste/ })).toBeVisible();
});

test("a report can be renamed and deleted", async ({ page }) => {
  await openPage(page, "/artifacts/sample-base");
  await page.getByRole("button", { name: "Share" }).click();
  await page.getByText("Title, note, delete").click();
  await page.getByLabel("Title").fill("What we start from");
  await page.getByLabel("Note").fill("before the move");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("before the move").first()).toBeVisible();
  await openPage(page, "/reports");
  await page.getByRole("link", { name: "What we start from" }).click();
  await page.getByText("Title, note, delete").click();
  await page.getByText("Delete this report").click();
  await page.getByRole("button", { name: "Delete permanently" }).click();
  await expect(page).toHaveURL(/\/reports$/);
  await expect(page.getByRole("link", { name: "What we start from" })).toHaveCount(0);
});

test("a link's picture is made without network requests, whatever the script of its title", async ({ page }) => {
  await openPage(page, "/artifacts/sample-api");
  await page.getByRole("button", { name: "Share" }).click();
  await expect(page).toHaveURL(/\/r\//);
  await page.getByText("Title, note, delete").click();
  await page.getByLabel("Title").fill("日本語 🎉 → ab");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("日本語 🎉 → ab").first()).toBeVisible();
  const picture = await page.locator('meta[property="og:image"]').getAttribute("content");
  const response = await page.request.get(picture!);
  expect([response.status(), response.headers()["content-type"]]).toEqual([200, "image/png"]);
});

test("URLs with text that no database can store are refused", async ({ request }) => {
  for (const path of ["/?q=%00", "/artifacts/%00", "/compare?a=%00", "/r/%00", "/artifacts/%E0%A4"]) {
    expect((await request.get(address(path))).status(), path).toBe(400);
  }
  const sameOrigin = { Origin: address("") };
  const body = await request.post(address("/r"), { data: { question: "closure" }, headers: sameOrigin });
  expect(body.status()).toBe(400);
});

test("a form from another site stores nothing", async ({ request }) => {
  const form = { question: "closure", in: "sample-base" };
  const response = await request.post(address("/r"), { form, headers: { Origin: "http://elsewhere.example" } });
  expect(response.status()).toBe(403);
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`reports meet WCAG AA in ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    for (const path of ["/savings?in=sample-api,sample-web", "/artifacts/sample-web"]) {
      await openPage(page, path);
      await page.getByRole("button", { name: "Share" }).click();
      await expect(page).toHaveURL(/\/r\//);
      await expectAccessible(page);
    }
  });
}
