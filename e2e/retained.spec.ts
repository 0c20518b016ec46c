import { writeFileSync } from "node:fs";
import { expect, test } from "@playwright/test";
import { buildDockerArchive } from "#testing/builders/image-archive.ts";
import { buildTar } from "#testing/builders/tar.ts";
import { expectAccessible } from "./accessible.ts";
import { address } from "./address.ts";
import { openPage } from "./open-page.ts";
import { stratigraph } from "./stratigraph.ts";

// What keeps most of an image, and what is inside that?

const PAGE = "/artifacts/e2e-retained/retained";

test.beforeAll(({ browserName: _ }, testInfo) => {
  const record = (name: string, depends: string) =>
    `Package: ${name}\nStatus: install ok installed\nArchitecture: amd64\nVersion: 1.0\n${depends}\n\n`;
  const file = (name: string, bytes: number) => [
    { path: `usr/lib/${name}`, body: name.charAt(0).repeat(bytes) },
    { path: `var/lib/dpkg/info/${name}.list`, body: `/usr/lib/${name}\n` },
  ];
  // server keeps engine, which keeps fonts; left and right need each other, and right alone keeps extra.
  const layer = buildTar([
    ...file("server", 9000),
    ...file("engine", 20_000),
    ...file("fonts", 50_000),
    ...file("left", 3000),
    ...file("right", 2000),
    ...file("extra", 9000),
    {
      path: "var/lib/dpkg/status",
      body:
        record("server", "Depends: engine") +
        record("engine", "Depends: fonts") +
        record("fonts", "Priority: optional") +
        record("left", "Depends: right") +
        record("right", "Depends: left, extra") +
        record("extra", "Priority: optional"),
    },
  ]);
  const archive = testInfo.outputPath("retained.tar");
  writeFileSync(archive, buildDockerArchive([layer], { name: "e2e-retained" }));
  stratigraph("scan", `docker-archive:${archive}`);
});

test("the picture zooms in place with the keyboard alone, and back", async ({ page }) => {
  await openPage(page, "/artifacts/e2e-retained");
  await page.getByRole("link", { name: "Retained", exact: true }).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: "Retained sizes" })).toBeVisible();
  const picture = page.getByRole("region", { name: /^What keeps what/ }).filter({ visible: true });
  await picture.getByRole("link", { name: /^server/ }).focus();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/node=pkg:deb/);
  const path = page.getByRole("navigation", { name: "Kept by" });
  await expect(path.getByRole("listitem")).toContainText([/^Everything/, /^server/]);
  await expect(picture.getByRole("link", { name: /^itself 8\.8\s?KiB/ })).toBeVisible();
  await picture.getByRole("link", { name: /^engine/ }).focus();
  await page.keyboard.press("Enter");
  await expect(path.getByRole("listitem")).toContainText([/^Everything/, /^server/, /^engine/]);
  await expect(page.getByRole("region", { name: "Directly kept" }).last()).toContainText("fonts");
  await page.reload();
  await expect(path.getByRole("listitem")).toHaveCount(3);
  await page.keyboard.press("Backspace");
  await expect(path.getByRole("listitem")).toHaveCount(2);
  await page.goBack();
  await expect(path.getByRole("listitem")).toHaveCount(3);
});

test("the picture zooms with the mouse, as an icicle too, and the way there is clickable", async ({ page }) => {
  await openPage(page, `${PAGE}?node=engine`);
  await page.getByRole("link", { name: "Icicle" }).click();
  await expect(page).toHaveURL(/picture=icicle&node=engine/);
  const path = page.getByRole("navigation", { name: "Kept by" });
  await path.getByRole("link", { name: /^server/ }).click();
  await expect(path.getByRole("listitem")).toHaveCount(2);
  const picture = page.getByRole("region", { name: /^What keeps what/ }).filter({ visible: true });
  await picture.getByRole("link", { name: /^fonts/ }).click();
  await expect(page).toHaveURL(/graph\?view=focus&node=pkg:deb/);
});

test("nodes that need each other are marked, with what they keep together and alone", async ({ page }) => {
  await openPage(page, PAGE);
  const rows = page.getByRole("region", { name: "Directly kept" }).last().getByRole("row");
  await expect(rows.filter({ hasText: "in a cycle" })).not.toHaveCount(0);
  const cycle = page.getByRole("region", { name: "Groups of nodes that need each other" }).getByRole("row").last();
  await expect(cycle).toContainText("left");
  await expect(cycle).toContainText("right");
  await expect(cycle.getByRole("cell").last()).toContainText(/13\.7\s?KiB/);

  await openPage(page, "/artifacts/e2e-retained");
  const nodes = page.getByRole("row").filter({ has: page.getByText("in a cycle", { exact: true }) });
  await expect(nodes).toHaveText([/left|right/, /left|right/]);
});

test("the subtree comes as a file, and no state of the page is inaccessible", async ({ page, request }) => {
  const rows = await (await request.get(address("/artifacts/e2e-retained/retained.csv?node=engine"))).text();
  expect(rows).toMatch(/^id,kind,name,version,selfSize,retainedSize,keptCount,depth,keptBy,cycle\r\n/);
  expect(rows.trimEnd().split("\r\n")).toHaveLength(3);
  for (const query of ["", "?picture=icicle", "?colour=size&node=server"]) {
    await openPage(page, `${PAGE}${query}`);
    await expectAccessible(page);
  }
});
