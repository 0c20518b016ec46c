import { writeFileSync } from "node:fs";
import { expect, test } from "@playwright/test";
import { buildDockerArchive } from "#testing/builders/image-archive.ts";
import { buildTar } from "#testing/builders/tar.ts";
import { address } from "./address.ts";
import { openPage } from "./open-page.ts";
import { stratigraph } from "./stratigraph.ts";

// Does a name mean the same image everywhere, and is the selected image the one compared?

// The tests move the names: one worker, in this order.
test.describe.configure({ mode: "serial" });

const KIB = 1024;
const DIGEST = /^[0-9a-f]{12}$/;

let source: (name: string, bytes: number, names: readonly string[]) => string;

test.beforeAll(async ({ browserName: _ }, testInfo) => {
  source = (name, bytes, names) => {
    const file = testInfo.outputPath(`${name}.tar`);
    const layer = buildTar([{ path: "srv/app", body: name.padEnd(bytes, ".") }]);
    writeFileSync(file, buildDockerArchive([layer], { names }));
    return `docker-archive:${file}`;
  };
  const today = source("today", 193 * KIB, ["moving/app:latest"]);
  stratigraph("scan", source("yesterday", 97 * KIB, ["moving/app:latest"]), today);
  stratigraph("scan", "--name", "moving/app:1.0", today);
  stratigraph("scan", source("multi", KIB, ["multi:1.0", "multi:latest", "ghcr.io/x/multi:1"]));
});

test.afterAll(() => {
  for (const name of ["moving/app:1.0", "multi:1.0"]) stratigraph("rm", name);
});

test("a name that moved is shown on today's image only", async ({ page }) => {
  await openPage(page, "/?q=moving/app");
  const rows = page.getByRole("region", { name: "Artifacts" }).locator("tbody tr");
  await expect(rows).toHaveCount(1);
  await expect(rows).toContainText("moving/app:1.0");
  await expect(rows).toContainText("also moving/app:latest");
  await expect(rows).toContainText(/193\.0\s?KiB/);
  await rows.getByRole("link", { name: /moving\/app/ }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("moving/app:1.0");
  await expect(page.getByText("Also called moving/app:latest")).toBeVisible();
  await openPage(page, "/artifacts/moving%2Fapp%3Alatest");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("moving/app:1.0");
});

test("the selected image is compared even if its name has moved", async ({ page }) => {
  await openPage(page, "/compare");
  const choices = page.getByRole("option", { name: /moving\/app/ });
  await expect(choices).toHaveCount(1);
  await choices.click();
  await expect(page).toHaveURL(/select=[0-9a-f]{12}$/);
  const chosen = new URL(page.url()).searchParams.get("select")!;
  expect(chosen).toMatch(DIGEST);
  await page.getByRole("option", { name: /sample-web/ }).click();
  stratigraph("scan", source("tomorrow", 10 * KIB, ["moving/app:latest", "moving/app:1.0"]));
  await page.getByRole("button", { name: "Compare 2" }).click();
  await expect(page).toHaveURL(new RegExp(chosen));
  await expect(page.getByRole("main")).toContainText(/193\.0\s?KiB/);
  stratigraph("rm", "moving/app:latest");
});

test("an image without a current name is shown and selected by its digest", async ({ page, request }) => {
  const { artifacts } = await (await request.get(address("/search?q=moving/app"))).json();
  expect(artifacts).toEqual([]);
  await openPage(page, "/?sort=scanned");
  const rows = page
    .getByRole("region", { name: "Artifacts" })
    .locator("tbody tr")
    .filter({ hasText: /193\.0\s?KiB/ });
  const digest = new URL(
    await rows
      .getByRole("link")
      .first()
      .evaluate((link: HTMLAnchorElement) => link.href),
  ).pathname;
  await expect(rows).toContainText(digest.split("/").at(-1)!);
  await openPage(page, digest);
  await expect(page.getByText("No current name")).toBeVisible();
  stratigraph("scan", "--name", "moving/app:1.0", source("today", 193 * KIB, ["moving/app:latest"]));
  await page.reload();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("moving/app:1.0");
});

test("an image with three names is shown with all, and found by each", async ({ page, request }) => {
  const names = ["multi:1.0", "multi:latest", "ghcr.io/x/multi:1"];
  await openPage(page, "/");
  const row = page.getByRole("region", { name: "Artifacts" }).locator("tbody tr").filter({ hasText: names[0]! });
  for (const name of names) await expect(row).toContainText(name);
  for (const name of names) {
    const { artifacts } = await (await request.get(address(`/search?q=${name}`))).json();
    expect(artifacts.map((found: { name: string }) => found.name)).toEqual([name]);
    await openPage(page, "/compare");
    await page.getByRole("combobox").fill(name);
    await expect(page.getByRole("option", { name: /ghcr.io\/x\/multi:1/ })).toBeVisible();
    const found = page.getByRole("group", { name: "Images, closures and SBOMs" }).getByRole("option");
    await expect(found, "the search has finished").toHaveCount(1);
    await page.keyboard.press("Enter");
    await expect(page.getByRole("button", { name: "Remove ghcr.io/x/multi:1" })).toBeVisible();
  }
});

test("a pattern in a URL selects all matches, and links carry digests", async ({ page }) => {
  await openPage(page, "/compare?in=sample-*");
  await expect(page.getByRole("heading", { level: 1, name: "Overlap of 3" })).toBeVisible();
  const csv = await page.getByRole("link", { name: /CSV/ }).first().getAttribute("href");
  const names = new URL(csv!, page.url()).searchParams.get("in")!.split(",");
  expect(names).toHaveLength(3);
  for (const name of names) expect(name).toMatch(DIGEST);
  await openPage(page, "/savings?in=sample-*,multi:1.0");
  await expect(page).toHaveTitle(/^Savings of sample-api, sample-base, sample-web, /);
  await openPage(page, "/savings?in=zzz-*");
  await expect(page.getByRole("alert").filter({ hasText: "No name matches zzz-*" })).toBeVisible();
});

test("a parameter given twice gets a message, with the likely comparison", async ({ page }) => {
  await openPage(page, "/compare?a=sample-web&a=sample-api");
  await expect(page.getByRole("alert").filter({ hasText: "This address gives a= twice" })).toBeVisible();
  await page.getByRole("link", { name: "Compare sample-web with sample-api" }).click();
  await expect(page.getByRole("heading", { level: 1, name: /sample-web.*sample-api/ })).toBeVisible();
});
