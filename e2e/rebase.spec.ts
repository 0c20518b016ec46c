import { rmSync, writeFileSync } from "node:fs";
import { expect, type Page, test } from "@playwright/test";
import { buildDockerArchive } from "#testing/builders/image-archive.ts";
import { buildTar } from "#testing/builders/tar.ts";
import { sharedData } from "#testing/run/shared-data.ts";
import { expectAccessible } from "./accessible.ts";
import { address } from "./address.ts";
import { openPage } from "./open-page.ts";
import { stratigraph } from "./stratigraph.ts";

// A base has moved: can the image's layers move, too, what would be merged, and what would it cost?

test.describe.configure({ mode: "serial" });

const CONFIGS = ["a", "b", "c", "d", "e", "f"].map((name) => `etc/${name}.conf`);
const configs = (body: string) => CONFIGS.map((path) => ({ path, body: `${body} ${path}` }));

/** Two snapshots of a base, and an image on the older one that writes below a directory that becomes a link, and what both change. */
test.beforeAll(({ browserName: _ }, testInfo) => {
  let count = 0;
  const scan = (name: string, ...layers: Uint8Array[]) => {
    const file = testInfo.outputPath(`image-${++count}.tar`);
    writeFileSync(file, buildDockerArchive(layers, { name, config: { os: "linux", architecture: "amd64" } }));
    stratigraph("scan", `docker-archive:${file}`);
  };
  const old = buildTar([{ path: "bin/sh", body: "#!old shell".repeat(4000), mode: 0o755 }, ...configs("old")]);
  scan("e2e/rebase-os:1", old);
  const app = buildTar([{ path: "bin/app", body: "app".repeat(9000), mode: 0o755 }]);
  scan("e2e/rebase-app:1", old, app, buildTar(configs("mine")));
  const merged = buildTar([
    { path: "usr/bin/sh", body: "#!new shell".repeat(4000), mode: 0o755 },
    { path: "bin", type: "2", link: "usr/bin" },
    ...configs("new"),
  ]);
  scan("e2e/rebase-os:1", merged);
});

async function expectVerdict(page: Page, verdict: string): Promise<void> {
  await expect(page.locator("[data-verdict]")).toHaveText(verdict, { timeout: 50_000 });
}

test("a stale image leads to its rebase, which is refused by name with what blocks it", async ({ page, request }) => {
  await openPage(page, "/lineage?q=rebase-");
  const plan = page.getByRole("region", { name: "Rebuild plan" });
  await plan.getByRole("link", { name: "Rebase… e2e/rebase-app:1" }).click();
  await expect(page).toHaveURL(/\/lineage\/rebase\?image=[0-9a-f]{16}&from=[0-9a-f]{16}&to=[0-9a-f]{16}$/);
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Rebase e2e/rebase-app:1 from e2e/rebase-os:1");
  await expectVerdict(page, "Rebuild");
  const findings = page.locator("section[aria-labelledby=findings]");
  await expect(findings).toContainText("Types of paths");
  await expect(findings).toContainText("/bin");
  await expect(page.locator("section[aria-labelledby=write]")).toContainText("What blocks it");
  await expect(page.getByText("./stratigraph rebase")).toHaveCount(0);
  const query = new URL(page.url()).search;
  const csv = await (await request.get(address(`/lineage/rebase/findings.csv${query}`))).text();
  expect(csv).toMatch(/^weight,check,kind,path,layer,evidence,message\r\nblocks,types,type-flip,bin/m);
  await expectAccessible(page);
});

test("many findings are one line by kind, and a table that sorts and filters", async ({ page, request }) => {
  await openPage(page, "/lineage/rebase?image=e2e/rebase-app:1");
  await expectVerdict(page, "Rebuild");
  const reasons = page.locator("section[aria-labelledby=findings]");
  await expect(reasons).toContainText("5 more of this kind");
  const table = page.getByRole("region", { name: "Findings of all checks" });
  await expect(table.locator("tbody tr")).toHaveCount(7);
  await expect(table.locator("tbody tr").first()).toContainText(/Blocks.*Types of paths/);

  await reasons.getByRole("link", { name: "Show all 6" }).click();
  await expect(page).toHaveURL(/check=written#all-findings$/);
  await expect(table.locator("tbody tr")).toHaveCount(6);
  await expect(page.locator("section[aria-labelledby=all-findings]").getByRole("heading")).toContainText("6 of 7");
  await table.getByRole("link", { name: "Sort by Path" }).click();
  await expect(page).toHaveURL(/sort=path&direction=asc/);
  await expect(table.locator("tbody tr").first()).toContainText("/etc/a.conf");
  await table.getByRole("link", { name: "Sort by Path" }).click();
  await expect(table.locator("tbody tr").first()).toContainText("/etc/f.conf");

  await page.getByRole("searchbox", { name: "Filter by path or words" }).fill("/ETC/C");
  await expect(table.locator("tbody tr")).toHaveCount(1);
  const csv = page.locator("section[aria-labelledby=all-findings]").getByRole("link", { name: "CSV" });
  const file = await (await request.get(address((await csv.getAttribute("href"))!))).text();
  expect(file.trim().split("\r\n")).toEqual([
    "weight,check,kind,path,layer,evidence,message",
    expect.stringMatching(/^blocks,written,content-hidden,etc\/c\.conf,2,/),
  ]);
  await page.getByRole("searchbox", { name: "Filter by path or words" }).fill("zzzz");
  await expect(table).toContainText("No finding matches the filter.");

  await page.locator("section[aria-labelledby=write]").getByRole("link", { name: "Types of paths" }).click();
  await expect(table.locator("tbody tr")).toHaveCount(1);
  const layers = page.getByRole("navigation", { name: "Layer" });
  await expect(layers).toHaveCount(0);
  await openPage(page, "/lineage/rebase?image=e2e/rebase-app:1");
  await layers.getByRole("link", { name: /^Layer 1/ }).click();
  await expect(table.locator("tbody tr")).toHaveCount(1);
  await expect(table.locator("tbody tr")).toContainText("/bin");
  await expectAccessible(page);
});

test("a source that is gone is named, and can be tried again", async ({ page }, testInfo) => {
  const [old, app, newer] = ["old", "app", "newer"].map((path) => buildTar([{ path, body: path.repeat(500) }]));
  const scan = (name: string, file: string, ...layers: Uint8Array[]) => {
    writeFileSync(file, buildDockerArchive(layers, { name, config: { os: "linux", architecture: "amd64" } }));
    stratigraph("scan", `docker-archive:${file}`);
  };
  const gone = testInfo.outputPath("gone.tar");
  scan("e2e/gone-os:1", testInfo.outputPath("old.tar"), old!);
  scan("e2e/gone-app:1", gone, old!, app!);
  scan("e2e/gone-os:2", testInfo.outputPath("newer.tar"), newer!);
  rmSync(gone);
  await openPage(page, "/lineage/rebase?image=e2e/gone-app:1&from=e2e/gone-os:1&to=e2e/gone-os:2");
  const status = page.getByRole("main").locator("[aria-live=polite]");
  await expect(status).toContainText(/It cannot be judged: .*gone\.tar: no such file/, { timeout: 50_000 });
  await status.getByRole("button", { name: "Try again" }).click();
  await expect(status).toContainText("Judging…");
  await expect(status).toContainText("It cannot be judged", { timeout: 50_000 });
});

test("without an image the page asks for one, and says which base is missing", async ({ page }) => {
  await openPage(page, "/lineage/rebase");
  await page.getByRole("textbox", { name: "Image" }).fill("sample-base");
  await page.getByRole("button", { name: "Show" }).click();
  await expect(page.getByRole("note")).toContainText("sample-base is built on no scanned image");
  await expectAccessible(page);
});

test("the page is reached from the artifact's page and from the palette", async ({ page }) => {
  await openPage(page, "/artifacts/e2e%2Frebase-app:1");
  await page.getByRole("navigation", { name: "On this page" }).getByRole("link", { name: "Rebase" }).click();
  await expectVerdict(page, "Rebuild");
  await page.keyboard.press("Control+k");
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("combobox").fill("Rebase an image");
  await dialog.getByRole("option", { name: /^Rebase an image/ }).click();
  await expect(page).toHaveURL(/\/lineage\/rebase$/);
});

test.describe("images of Debian", () => {
  const [mini, apt] = [sharedData("fleet-mini/oci"), sharedData("fleet-apt/oci-zstd")];
  test.skip(mini === undefined || apt === undefined, "needs the shared inputs");

  test("an image whose base alone changed is safe, and equal to its rebuild", async ({ page }) => {
    for (const name of ["m-base-old", "m-base", "m-old-sqlite", "m-sqlite"]) stratigraph("scan", `oci:${mini}:${name}`);
    await openPage(page, "/lineage/rebase?image=m-old-sqlite&from=m-base-old&to=m-base");
    await expectVerdict(page, "Safe");
    const pulls = page.getByRole("region", { name: "Bytes to pull" }).locator("tbody tr");
    await expect(pulls.nth(0)).toContainText(/^m-old-sqlite6\.2MiB6\.2MiB$/);
    await expect(pulls.nth(1)).toContainText(/^m-old-sqlite and m-base0B0B$/);
    await expect(page.locator("section[aria-labelledby=against]")).toContainText(/none different/);
    await expect(page.getByRole("button", { name: /copy command/ })).toContainText("--to oci:");
  });

  test("an image with a package database of the old base needs a merge", async ({ page }) => {
    for (const name of ["deb13o", "deb13", "o-nginx", "t-nginx"]) stratigraph("scan", `oci:${apt}:${name}`);
    await openPage(page, "/lineage/rebase?image=o-nginx&from=deb13o&to=deb13&against=t-nginx");
    await expectVerdict(page, "Needs merge");
    const findings = page.locator("section[aria-labelledby=findings]");
    await expect(findings.getByRole("listitem").first()).toContainText("Package databases");
    await expect(findings).toContainText("/var/lib/dpkg/status");
    await expect(findings).toContainText("Already broken before");
    const layers = page.getByRole("region", { name: "Layers of the rebased image" }).locator("tbody tr");
    await expect(layers).toHaveCount(3);
    await expect(layers.first()).toContainText(/^2merge layer/);
    await expect(page.locator("section[aria-labelledby=against]")).toContainText(/packages equal, none different/);
  });

  for (const [width, scheme] of [
    [360, "light"],
    [1440, "dark"],
  ] as const) {
    test(`the verdict fits ${width} px, ${scheme}`, async ({ page }) => {
      await page.setViewportSize({ width, height: 900 });
      await page.emulateMedia({ colorScheme: scheme, reducedMotion: "reduce" });
      await openPage(page, "/lineage/rebase?image=o-nginx&from=deb13o&to=deb13&against=t-nginx");
      await expectVerdict(page, "Needs merge");
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
      await expectAccessible(page);
    });
  }
});
