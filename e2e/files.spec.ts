import { writeFileSync } from "node:fs";
import { expect, test } from "@playwright/test";
import { buildDockerArchive } from "#testing/builders/image-archive.ts";
import { buildTar, type TarMember } from "#testing/builders/tar.ts";
import { expectAccessible } from "./accessible.ts";
import { address } from "./address.ts";
import { openPage } from "./open-page.ts";
import { stratigraph } from "./stratigraph.ts";

// Which files of this image are the largest, in which layer, and which does no container see?

const NAME = "e2e-all-files";
const FILES = 3000;
const PAGE = `/artifacts/${NAME}/files`;

test.describe.configure({ mode: "default" });

test.beforeAll(() => {
  const file = test.info().outputPath("files.tar");
  const lower = Array.from({ length: FILES }, (_, i): TarMember => {
    return { path: `srv/d${i % 20}/f${i}`, body: "x".repeat(i % 1000) };
  });
  const upper: TarMember[] = [{ path: "srv/d1/.wh.f1" }, { path: "srv/new", body: "n".repeat(5000) }];
  const tars = [buildTar(lower), buildTar(upper)];
  writeFileSync(file, buildDockerArchive(tars, { name: NAME }));
  stratigraph("scan", `docker-archive:${file}`);
});
test.afterAll(() => stratigraph("rm", NAME));

test("an artifact's page leads to all its files, which a heading sorts, and the last is reached by keyboard", async ({
  page,
}) => {
  await openPage(page, `/artifacts/${NAME}`);
  await page.getByRole("link", { name: "All files in one table" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Files", exact: true })).toBeVisible();
  const box = page.getByRole("region", { name: "Files", exact: true });
  await expect(box.getByRole("table")).toHaveAttribute("aria-rowcount", `${FILES + 2}`);
  await expect(box.locator("tbody tr[aria-rowindex]").first()).toContainText("/srv/new");
  await expectAccessible(page);
  await box.getByRole("link", { name: "Sort by Path" }).click();
  await expect(page).toHaveURL(/sort=path/);
  await expect(box.locator("tbody tr[aria-rowindex]").first()).toContainText("/srv/d0/f0");
  await box.focus();
  await page.keyboard.press("End");
  await expect(box.locator(`tr[aria-rowindex="${FILES + 2}"]`)).toContainText("/srv/new");
});

test("the files are limited to a layer, to a path, and to what is hidden; the file of them has the same rows", async ({
  page,
  request,
}) => {
  await openPage(page, PAGE);
  await page.getByRole("navigation", { name: "In layer" }).getByRole("link", { name: "1" }).click();
  await expect(page).toHaveURL(/layer=1/);
  await expect(page.getByText("1 file with 4.9 KiB in the layers.")).toBeVisible();
  await page.getByRole("navigation", { name: "In layer" }).getByRole("link", { name: "1" }).click();
  await expect(page).not.toHaveURL(/layer=/);
  await page.getByRole("link", { name: "Hidden only" }).click();
  await expect(page.getByRole("region", { name: "Files", exact: true }).locator("tbody tr")).toHaveCount(1);
  await expect(page.getByRole("link", { name: "/srv/d1/f1" })).toBeVisible();
  await page.getByRole("link", { name: "Hidden only" }).click();
  await expect(page).not.toHaveURL(/show=/);
  await page.getByRole("searchbox", { name: "Filter by path" }).fill("/srv/d3/f2");
  await expect(page).toHaveURL(/q=/);
  await expect(page.getByRole("region", { name: "Files", exact: true }).locator("tbody tr").first()).toContainText(
    "/srv/d3/f2",
  );
  const text = await (await request.get(address(`${PAGE}.csv?show=hidden`))).text();
  expect(text).toBe("path,bytes,owner,layer,waste,hiddenBy\r\n/srv/d1/f1,1,,0,1,1\r\n");
});

test("the components of an image are limited to those with files in a layer", async ({ page }) => {
  await openPage(page, `/artifacts/${NAME}`);
  await page.getByRole("navigation", { name: "With files in layer" }).getByRole("link", { name: "1" }).click();
  await expect(page).toHaveURL(/layer=1/);
  await expect(page.getByRole("region", { name: "Components" }).locator("tbody tr")).toHaveCount(1);
});
