import { writeFileSync } from "node:fs";
import { expect, test } from "@playwright/test";
import { buildDockerArchive } from "#testing/builders/image-archive.ts";
import { buildTar } from "#testing/builders/tar.ts";
import { expectAccessible } from "./accessible.ts";
import { address } from "./address.ts";
import { openPage } from "./open-page.ts";
import { stratigraph } from "./stratigraph.ts";

// How did an image grow from tag to tag, and what did a moved tag mean before?

// The set-up moves a name: one worker.
test.describe.configure({ mode: "serial" });

const KIB = 1024;

test.beforeAll(({ browserName: _ }, testInfo) => {
  const record = (name: string, version: number) =>
    `Package: ${name}\nStatus: install ok installed\nArchitecture: amd64\nVersion: ${version}\n\n`;
  const scan = (name: string, packages: Readonly<Record<string, number>>, month: number) => {
    const layer = buildTar([
      ...Object.entries(packages).flatMap(([each, size]) => [
        { path: `usr/lib/${each}`, body: each.charAt(0).repeat(size * KIB) },
        { path: `var/lib/dpkg/info/${each}.list`, body: `/usr/lib/${each}\n` },
      ]),
      {
        path: "var/lib/dpkg/status",
        body: Object.entries(packages)
          .map(([each, size]) => record(each, size))
          .join(""),
      },
    ]);
    const file = testInfo.outputPath(`${name.replaceAll(/\W/g, "-")}-${month}.tar`);
    const config = { os: "linux", architecture: "amd64", created: new Date(Date.UTC(2024, month, 1)).toISOString() };
    writeFileSync(file, buildDockerArchive([layer], { name, config }));
    stratigraph("scan", `docker-archive:${file}`);
  };
  scan("e2e/grown:1.0", { a: 10, b: 20 }, 0);
  scan("e2e/grown:1.1", { a: 12, c: 30, d: 40 }, 1);
  scan("e2e/grown:edge", { a: 10 }, 2);
  scan("e2e/grown:edge", { a: 50 }, 3);
});

test("an image's page leads by keyboard alone to all versions of its repository", async ({ page }) => {
  await openPage(page, "/artifacts/e2e%2Fgrown:1.1");
  const names = page.locator("section[aria-labelledby=names]");
  await expect(names.getByRole("row")).toHaveCount(2);
  await names.getByRole("link", { name: "Versions of e2e/grown" }).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("e2e/grown");
  await expect(page.getByText("4 versions, by when the images were made")).toBeVisible();
  const rows = page.getByRole("region", { name: "Versions", exact: true }).locator("tbody tr");
  await expect(rows).toContainText(["edge", "edge", "1.1", "1.0"]);
  await expect(rows.nth(1)).toContainText("tag moved");
  await expect(rows.nth(2).getByRole("cell")).toContainText(["1.1", /KiB/, /\+5\d\.\d/, "2", "1", "2"]);
  await page.getByRole("link", { name: "By scan" }).click();
  await expect(page).toHaveURL(/order=scanned/);
  await page.getByRole("link", { name: "Sort by In layers" }).click();
  await expect(rows.first()).toContainText("1.1");
});

test("a step leads to the difference from the version before", async ({ page }) => {
  await openPage(page, "/names/e2e%2Fgrown:edge");
  const picture = page.getByRole("region", { name: "Sizes of the versions" });
  await expect(picture.getByRole("link")).toHaveCount(2);
  await expect(page.getByText("current", { exact: true })).toHaveCount(1);
  await page
    .getByRole("link", { name: /Compare/ })
    .last()
    .click();
  await expect(page).toHaveURL(/\/compare\?a=[0-9a-f]{12}&b=[0-9a-f]{12}/);
});

test("versions come as a file; an unknown name is not found; nothing is inaccessible", async ({ page, request }) => {
  const rows = await (await request.get(address("/names/e2e%2Fgrown/versions.csv"))).text();
  expect(rows).toMatch(/^names,digest,size,delta,added,removed,changed,created,since,seenAt,until,previous\r\n/);
  expect(rows.trimEnd().split("\r\n")).toHaveLength(5);
  expect((await request.get(address("/names/no-such-name/versions.csv"))).status()).toBe(404);
  expect((await page.goto(address("/names/no-such-name")))?.status()).toBe(404);
  await expect(page.getByRole("heading", { name: "Name not found" })).toBeVisible();
  for (const path of ["/names/e2e%2Fgrown", "/names/e2e%2Fgrown:edge"]) {
    await openPage(page, path);
    await expectAccessible(page);
  }
});
