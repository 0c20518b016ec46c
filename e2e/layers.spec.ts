import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, type Page } from "@playwright/test";
import { buildElf } from "#testing/builders/elf.ts";
import { buildDockerArchive } from "#testing/builders/image-archive.ts";
import { buildTar, type TarMember } from "#testing/builders/tar.ts";
import { expectAccessible } from "./accessible.ts";
import { address } from "./address.ts";
import { test } from "./kept-page.ts";
import { openPage } from "./open-page.ts";
import { stratigraph } from "./stratigraph.ts";

// What is in this layer, who hides it, and what is in this file?

// One worker for all: the last scan is the source that files are read from, and its worker removes it.
test.describe.configure({ mode: "default" });

// Made anew each time: a worker may run tests of this file, those of another, and these again.
let folder = "";
const PAGE = "/artifacts/e2e-layers";

const layers = (motd: string): TarMember[][] => [
  [
    { path: "etc/motd", body: motd },
    { path: "etc/evil", body: "<b>bold</b>\n\u202Egnp\n" },
    { path: "usr/lib/liba.so", body: buildElf({ needed: ["libc.so.6"], soname: "liba.so.1" }) },
    { path: "usr/bin/a", type: "2", link: "../lib/liba.so" },
  ],
  [
    { path: "var/cache/big", body: "x".repeat(5000) },
    { path: "var/keep", body: "keep" },
  ],
  [{ path: "var/cache/.wh.big" }],
];
const config = {
  config: { Env: ["LANG=C"], Cmd: ["/usr/bin/a"] },
  history: [
    { created_by: "COPY . /" },
    { created_by: "ENV LANG=C", empty_layer: true },
    { created_by: "RUN /bin/sh -c fill-cache" },
    { created_by: "RUN /bin/sh -c rm /var/cache/big" },
  ],
};

test.afterAll(() => rmSync(folder, { recursive: true }));
test.beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "stratigraph-layers-"));
  for (const [name, motd] of [
    ["e2e-layers", "one\ntwo\nthree\n"],
    ["e2e-layers-next", "one\n2\nthree\n"],
  ] as const) {
    const file = join(folder, `${name}.tar`);
    const tars = layers(motd).map((members) => buildTar(members));
    writeFileSync(file, buildDockerArchive(tars, { name, config }));
    stratigraph("scan", `docker-archive:${file}`);
  }
});

const heading = (page: Page, name: string) => page.getByRole("heading", { level: 1, name });

test("a layer leads to the one that hides its files and back, by mouse", async ({ page }) => {
  await openPage(page, PAGE);
  await page.getByRole("link", { name: /Layer 1: fill-cache|Layer 1: RUN fill-cache/ }).click();
  await expect(heading(page, "Layer 1")).toBeVisible();
  await expect(page.getByText("No container sees 4.9 KiB of this layer.")).toBeVisible();
  await page.getByRole("link", { name: /^Hidden later.*4.9 KiB/ }).click();
  await expect(page).toHaveURL(/show=hidden/);
  const table = page.getByRole("region", { name: "Files of the layer" });
  await expect(table).toContainText("big");
  await expect(table).not.toContainText("keep");
  await table.getByRole("link", { name: "hidden by 2" }).last().click();
  await expect(heading(page, "Layer 2")).toBeVisible();
  await expect(page.getByText("This step only removes.")).toBeVisible();
  await table.getByRole("link", { name: "from 1" }).click();
  await expect(heading(page, "Layer 1")).toBeVisible();
  await expectAccessible(page);
});

test("layers are walked, filtered and opened by keyboard alone", async ({ page }) => {
  await openPage(page, `${PAGE}/layers/0`);
  await page.keyboard.press("]");
  await expect(heading(page, "Layer 1")).toBeVisible();
  await page.keyboard.press("]");
  await expect(heading(page, "Layer 2")).toBeVisible();
  await page.keyboard.press("]");
  await page.keyboard.press("[");
  await expect(heading(page, "Layer 1")).toBeVisible();
  await page.getByRole("searchbox", { name: "Find a path" }).focus();
  await page.keyboard.type("keep");
  await expect(page).toHaveURL(/q=keep/);
  const table = page.getByRole("region", { name: "Files of the layer" });
  await expect(table).not.toContainText("big");
  const file = table.getByRole("link", { name: "keep" });
  await file.focus();
  await page.keyboard.press("Enter");
  await expect(heading(page, "keep")).toBeVisible();
  await expect(page.getByRole("region", { name: "Text" })).toContainText("keep");
});

test("directories open and close, and the address keeps them", async ({ page }) => {
  await openPage(page, `${PAGE}/layers/0`);
  const directory = page.getByRole("button", { name: "etc/" });
  await expect(directory).toHaveAttribute("aria-expanded", "true");
  await directory.click();
  await expect(directory).toHaveAttribute("aria-expanded", "false");
  await page.reload();
  await expect(directory).toHaveAttribute("aria-expanded", "false");
});

test("the image's configuration says what is not set, and the history has empty steps", async ({ page }) => {
  await openPage(page, `${PAGE}/layers/0`);
  await expect(page.getByText("not set: runs as root")).toBeVisible();
  const history = page.getByRole("region", { name: "Full history" });
  await expect(history.getByRole("listitem")).toHaveCount(4);
  await expect(history).toContainText("ENV LANG=C");
});

test("a layer's files are a CSV file", async ({ request }) => {
  const text = await (await request.get(address(`${PAGE}/layers/2/files.csv`))).text();
  const [header, ...rows] = text.trim().split("\r\n");
  expect(header).toBe("path,kind,bytes,inLayer,from,sameContent,hiddenBy,hiddenBytes,target");
  expect(rows).toEqual(["var/cache/big,file,5000,removed,1,false,,0,"]);
});

test("a file shows its text, and nothing in it is obeyed", async ({ page }) => {
  await openPage(page, `${PAGE}/file?path=/etc/evil`);
  const text = page.getByRole("region", { name: "Text" });
  await expect(text).toContainText("<b>bold</b>");
  await expect(text).toContainText("⟨U+202E⟩gnp");
  await expect(text.locator("b")).toHaveCount(0);
  await expectAccessible(page);
});

test("a symlink shows its way, and leads to an ELF header", async ({ page }) => {
  await openPage(page, `${PAGE}/file?path=/usr/bin/a`);
  await expect(page.getByText("Where the link leads")).toBeVisible();
  await page.getByRole("link", { name: "/usr/lib/liba.so" }).click();
  await expect(heading(page, "liba.so")).toBeVisible();
  await expect(page.getByText("ELF 64-bit shared object, little-endian")).toBeVisible();
  await expect(page.getByText("liba.so.1")).toBeVisible();
  await expect(page.getByText("libc.so.6")).toBeVisible();
});

test("a changed file of two images leads to the lines that differ", async ({ page }) => {
  await openPage(page, "/compare?a=e2e-layers&b=e2e-layers-next");
  await page.getByRole("link", { name: /^files of layer 0/ }).click();
  await page.getByRole("link", { name: "etc/motd" }).click();
  const lines = page.getByRole("region", { name: "Lines that differ" });
  await expect(lines.locator("[data-change=removed]")).toHaveText(/two/);
  await expect(lines.locator("[data-change=added]")).toHaveText(/2/);
  await expectAccessible(page);
});

test("a node leads to the layer that added it", async ({ page }) => {
  await openPage(page, `${PAGE}/graph?node=0`);
  await page.getByRole("link", { name: "Open the layer that added it" }).click();
  await expect(page.getByRole("heading", { level: 1, name: /^Layer \d$/ })).toBeVisible();
});

test("a file whose source is gone is described all the same, with one line", async ({ page }) => {
  const file = join(folder, "gone.tar");
  writeFileSync(file, buildDockerArchive([buildTar([{ path: "a", body: "gone" }])], { name: "e2e-gone" }));
  stratigraph("scan", `docker-archive:${file}`);
  rmSync(file);
  await openPage(page, "/artifacts/e2e-gone/file?path=/a");
  await expect(page.getByText(/The contents cannot be shown: .*gone\.tar: no such file or directory/)).toBeVisible();
  await expect(page.getByText("No other artifact has this content.")).toBeVisible();
});

test("contents are refused to pages of other sites", async ({ request }) => {
  const headers = { "sec-fetch-site": "cross-site" };
  const response = await request.get(address("/contents?artifact=e2e-layers&path=/etc/motd"), { headers });
  expect(response.status()).toBe(403);
});
