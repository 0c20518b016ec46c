import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { buildDockerArchive } from "#testing/builders/image-archive.ts";
import { buildTar } from "#testing/builders/tar.ts";
import { expectAccessible } from "./accessible.ts";
import { address } from "./address.ts";
import { openPage } from "./open-page.ts";
import { stratigraph } from "./stratigraph.ts";

// Which roots keep a library, and what would it take to get it out?

let folder = "";

const record = (name: string, depends: string) =>
  `Package: ${name}\nStatus: install ok installed\nArchitecture: amd64\nVersion: 1.0\n${depends}\n\n`;
const file = (name: string, bytes: number) => [
  { path: `usr/lib/${name}`, body: name.charAt(0).repeat(bytes) },
  { path: `var/lib/dpkg/info/${name}.list`, body: `/usr/lib/${name}\n` },
];

test.afterAll(() => rmSync(folder, { recursive: true }));
// A worker that starts again after a failure runs this once more.
test.beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "stratigraph-roots-"));
  // server and client are roots; both need lib over one package of their own, and only server needs extra.
  const layer = buildTar([
    ...file("server", 100),
    ...file("client", 200),
    ...file("serverlib", 10),
    ...file("clientlib", 20),
    ...file("lib", 3000),
    ...file("extra", 500),
    {
      path: "var/lib/dpkg/status",
      body:
        record("server", "Depends: serverlib, extra") +
        record("client", "Depends: clientlib") +
        record("serverlib", "Depends: lib") +
        record("clientlib", "Depends: lib") +
        record("lib", "Priority: optional") +
        record("extra", "Priority: optional"),
    },
  ]);
  const archive = join(folder, "roots.tar");
  writeFileSync(archive, buildDockerArchive([layer], { name: "e2e-roots" }));
  stratigraph("scan", `docker-archive:${archive}`);
});

test("an image's page leads to what each root keeps, and a class opens by keyboard alone", async ({ page }) => {
  await openPage(page, "/artifacts/e2e-roots");
  await page.getByRole("link", { name: "Roots", exact: true }).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: "Roots" })).toBeVisible();
  await expect(page.getByText("Shared by several").locator("..")).toContainText("2.9");
  const shared = page.getByRole("link", { name: "server and client", exact: true });
  await shared.focus();
  await page.keyboard.press("Enter");
  const nodes = page.getByRole("table").last();
  await expect(nodes).toContainText("lib 1.0");
  expect(page.url()).toMatch(/open=\d+/);
  await page.reload();
  await expect(nodes).toContainText("lib 1.0");
  await page.getByRole("link", { name: "Close the class" }).click();
  await expect(page).not.toHaveURL(/open=/);
});

test("the page of a node says what it would take to remove it", async ({ page }) => {
  await openPage(page, "/artifacts/e2e-roots/why/lib");
  await expect(page.getByText("2 paths from the roots")).toBeVisible();
  const cuts = page.getByRole("region", { name: "What it would take to remove it" });
  await expect(cuts).toContainText("no fewer than 2 references");
  await expect(cuts.getByText("Remove these 2 references").first()).toBeVisible();
  // The first choice frees lib alone, the last one the packages in between as well.
  await expect(cuts).toContainText("3.0 KiB in 3 nodes would go");
  await expect(cuts).toContainText("2.9 KiB in 1 node would go");
  await cuts.getByRole("link", { name: "serverlib" }).first().click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("serverlib");
});

test("all paths to a node are one drawing, which shows more again", async ({ page }) => {
  await openPage(page, "/artifacts/e2e-roots/why/lib");
  await page.getByRole("link", { name: "Draw them as one graph" }).click();
  const drawing = page.getByTestId("overview");
  await expect(drawing.getByRole("button", { name: /^serverlib/ })).toBeVisible();
  await expect(drawing.getByRole("button", { name: /^extra/ })).toHaveCount(0);
  await page.getByRole("link", { name: "Show more than the paths to lib" }).click();
  await expect(drawing.getByRole("button", { name: /^extra/ })).toBeVisible();
});

test("roots come as a file, and both pages have no accessibility violations", async ({ page, request }) => {
  const rows = await (await request.get(address("/artifacts/e2e-roots/roots.csv"))).text();
  expect(rows).toMatch(/^size,share,nodes,rootCount,live,roots\r\n/);
  expect(rows).toContain("pkg:deb/debian/server@1.0?arch=amd64 pkg:deb/debian/client@1.0?arch=amd64");
  for (const path of ["/artifacts/e2e-roots/roots", "/artifacts/e2e-roots/why/lib"]) {
    await openPage(page, path);
    await expectAccessible(page);
  }
});
