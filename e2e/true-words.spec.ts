import { writeFileSync } from "node:fs";
import { expect, type Page, test } from "@playwright/test";
import { buildDockerArchive } from "#testing/builders/image-archive.ts";
import { debRecord } from "#testing/builders/packages.ts";
import { buildTar } from "#testing/builders/tar.ts";
import { openPage } from "./open-page.ts";
import { stratigraph } from "./stratigraph.ts";

// Are the statements of a page about a component and a size true?

const IMAGE = "true-words:1";
/** bash, nginx and libgcc need libc, which needs libgcc: a cycle that two others lead into. Sizes are those of their files. */
const PACKAGES: Readonly<Record<string, { fields: Record<string, string>; bytes: number }>> = {
  bash: { fields: { Essential: "yes", Depends: "libc" }, bytes: 300 },
  nginx: { fields: { Depends: "libc" }, bytes: 400 },
  libc: { fields: { Depends: "libgcc" }, bytes: 5000 },
  libgcc: { fields: { Depends: "libc" }, bytes: 1000 },
};

// One scan for all: each worker would make its own.
test.describe.configure({ mode: "default" });

test.beforeAll(async ({ browserName: _ }, testInfo) => {
  const names = Object.keys(PACKAGES);
  const layer = buildTar([
    ...names.flatMap((name) => [
      { path: `usr/lib/${name}`, body: name.padEnd(PACKAGES[name]!.bytes, ".") },
      { path: `var/lib/dpkg/info/${name}.list`, body: `/usr/lib/${name}\n` },
    ]),
    { path: "srv/page", body: "unowned" },
    { path: "var/lib/dpkg/status", body: names.map((name) => debRecord(name, PACKAGES[name]!.fields)).join("") },
    {
      path: "var/lib/apt/extended_states",
      body: ["libc", "libgcc"].map((name) => `Package: ${name}\nArchitecture: amd64\nAuto-Installed: 1\n`).join("\n"),
    },
  ]);
  const file = testInfo.outputPath("true-words.tar");
  writeFileSync(file, buildDockerArchive([layer], { name: IMAGE }));
  stratigraph("scan", `docker-archive:${file}`);
});

const figures = (page: Page) =>
  page.locator("dl data[value]").evaluateAll((shown) => shown.map((figure) => Number(figure.getAttribute("value"))));

test("a member of a cycle retains what is removed together with it, not the whole cycle, and the cycle is shown", async ({
  page,
}) => {
  await openPage(page, `/artifacts/${IMAGE}/why/libgcc`);
  expect(await figures(page), "self, closure, retained").toEqual([1000, 6000, 1000]);
  await expect(page.getByRole("region", { name: "Removed together with it" })).toContainText("Nothing");
  await expect(page.getByRole("region", { name: "It and these need each other" })).toContainText("libc");
  await openPage(page, `/artifacts/${IMAGE}/why/libc`);
  expect(await figures(page)).toEqual([5000, 6000, 6000]);
  await expect(page.getByRole("region", { name: "Removed together with it" })).toContainText("libgcc");
});

test("a root shows its own reason", async ({ page }) => {
  await openPage(page, `/artifacts/${IMAGE}/why/nginx`);
  await expect(page.getByText("nginx is a root: it was asked for by name.")).toBeVisible();
  await openPage(page, `/artifacts/${IMAGE}/why/unowned`);
  await expect(page.getByText("is a root: no package owns these files.")).toBeVisible();
});

test("the download size of a saved archive is unknown, and its share is not computed", async ({ page }) => {
  await openPage(page, `/artifacts/${IMAGE}`);
  const download = page.locator("dl > div").filter({ hasText: "Download" });
  await expect(download).toContainText("not known");
  await expect(download).toContainText("this source stores its layers uncompressed");
  await expect(download.locator("data")).toHaveCount(0);
});
