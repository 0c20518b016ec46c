import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "@playwright/test";
import { buildElf } from "#testing/builders/elf.ts";
import { buildDockerArchive } from "#testing/builders/image-archive.ts";
import { debRecord } from "#testing/builders/packages.ts";
import { buildTar } from "#testing/builders/tar.ts";
import { expectAccessible } from "./accessible.ts";
import { address } from "./address.ts";
import { test } from "./kept-page.ts";
import { openPage } from "./open-page.ts";
import { stratigraph } from "./stratigraph.ts";

// What does this image need and not have, what is linked but not declared, and what did nobody ask for?

let folder = "";
const library = (name: string) => [
  {
    path: `usr/lib/${name}.so.1`,
    body: Buffer.from(buildElf({ soname: `${name}.so.1`, versionsDefined: ["V_1.2", "V_1.9"] })),
  },
  { path: `var/lib/dpkg/info/${name}.list`, body: `/usr/lib/${name}.so.1\n` },
];

test.afterAll(() => rmSync(folder, { recursive: true }));
// A worker that starts again after a failure runs this once more.
test.beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "stratigraph-needs-"));
  const app = buildElf({
    isPie: true,
    needed: ["liba.so.1", "libb.so.1", "libgone.so.1"],
    versionsNeeded: { "liba.so.1": ["V_1.9", "V_1.10"] },
  });
  const layer = buildTar([
    { path: "usr/bin/app", mode: 0o755, body: Buffer.from(app) },
    { path: "var/lib/dpkg/info/app.list", body: "/usr/bin/app\n" },
    ...library("liba"),
    ...library("libb"),
    { path: "usr/share/left", body: "x".repeat(2048) },
    { path: "var/lib/dpkg/info/left.list", body: "/usr/share/left\n" },
    {
      path: "var/lib/dpkg/status",
      body: debRecord("app", { Depends: "liba" }) + ["liba", "libb", "left"].map((name) => debRecord(name)).join(""),
    },
  ]);
  const archive = join(folder, "needs.tar");
  writeFileSync(archive, buildDockerArchive([layer], { name: "e2e-needs", config: { config: { Cmd: ["app"] } } }));
  stratigraph("scan", `docker-archive:${archive}`);
});

test("the image's page counts its needs and marks the components", async ({ page }) => {
  await openPage(page, "/artifacts/e2e-needs");
  const components = page.getByRole("region", { name: "Components" });
  await expect(components.getByRole("row", { name: /^app/ })).toContainText("unmet need");
  await expect(components.getByRole("row", { name: /^left/ })).toContainText("not asked for");
  await expect(page.getByText("1 component with 2.0 KiB that nothing asked for")).toBeVisible();
  await page.getByRole("link", { name: "Unmet needs" }).click();
  await expect(page.getByRole("region", { name: "Needs that nothing meets" })).toContainText("libgone.so.1");
  await expect(page.getByText("needs V_1.10 of liba.so.1, which defines up to V_1.9")).toBeVisible();
});

test("each list has its address, its order and its file", async ({ page, request }) => {
  await openPage(page, "/artifacts/e2e-needs/needs?list=undeclared");
  const table = page.getByRole("region", { name: "Libraries that are linked and not declared" });
  await expect(table.getByRole("row")).toHaveCount(2);
  await expect(table).toContainText("usr/bin/app needs libb.so.1");
  await table.getByRole("link", { name: "Links" }).click();
  await expect(page).toHaveURL(/sort=other/);
  await page.getByRole("link", { name: /^Not asked for/ }).click();
  await expect(page.getByRole("region", { name: "Components that nothing asked for" })).toContainText("left");
  for (const [list, text] of [
    ["unmet", "libgone.so.1"],
    ["undeclared", "usr/bin/app needs libb.so.1"],
    ["unused", "component,kind"],
    ["unasked", "left"],
  ] as const)
    expect(await (await request.get(address(`/artifacts/e2e-needs/${list}.csv`))).text()).toContain(text);
});

test("a file says which file each of its needs leads to, and its component the same", async ({ page, request }) => {
  await openPage(page, "/artifacts/e2e-needs/file?path=/usr/bin/app");
  const facts = page.getByLabel("What the linker reads");
  await expect(facts).toContainText("V_1.10 (missing)");
  await expect(facts).toContainText("libgone.so.1 is not found");
  await expect(facts.getByRole("link", { name: "/usr/lib/liba.so.1" })).toBeVisible();
  await openPage(page, "/artifacts/e2e-needs/why/app");
  const programs = page.getByRole("region", { name: "Programs, libraries and scripts" });
  await expect(programs).toContainText("libb.so.1 → /usr/lib/libb.so.1 of libb");
  const rows = await (await request.get(address("/artifacts/e2e-needs/programs.csv?node=app"))).text();
  expect(rows).toContain("/usr/lib/liba.so.1,liba,V_1.9 V_1.10,V_1.10");
});

for (const path of ["needs?list=unmet", "needs?list=unasked", "file?path=/usr/bin/app", "why/app"])
  test(`${path} is accessible`, async ({ page }) => {
    await openPage(page, `/artifacts/e2e-needs/${path}`);
    await expectAccessible(page);
  });
