import { writeFileSync } from "node:fs";
import { expect, test } from "@playwright/test";
import { buildDockerArchive } from "#testing/builders/image-archive.ts";
import { buildTar } from "#testing/builders/tar.ts";
import { openPage } from "./open-page.ts";
import { stratigraph } from "./stratigraph.ts";

// From the list to a comparison, to savings, and to the removal of unneeded artifacts.

const box = (name: string) => ({ name: `Select ${name}`, exact: true });

test("two selected rows lead to their comparison, one to its savings", async ({ page }) => {
  await openPage(page, "/?q=sample");
  await page.getByRole("checkbox", box("sample-web")).check();
  const bar = page.getByRole("toolbar", { name: "Selected artifacts" });
  await expect(bar.getByRole("button", { name: "Select one more to compare" })).toBeDisabled();
  await page.getByRole("checkbox", box("sample-api")).check();
  await expect(bar).toContainText("2 selected");
  await bar.getByRole("button", { name: "Compare" }).click();
  await expect(page.getByRole("heading", { level: 1, name: /sample-web.*sample-api/ })).toBeVisible();
  await page.goBack();
  await page.getByRole("checkbox", box("sample-web")).setChecked(true);
  await bar.getByRole("button", { name: "Savings" }).click();
  await expect(page.getByRole("heading", { level: 1, name: /^Storage needed by \d artifacts?$/ })).toBeVisible();
});

test("Escape clears the selection and hides the bar", async ({ page }) => {
  await openPage(page, "/?q=sample");
  await page.getByRole("checkbox", box("sample-web")).check();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("checkbox", box("sample-web"))).not.toBeChecked();
  await expect(page.getByRole("toolbar", { name: "Selected artifacts" })).toHaveCount(0);
});

test("deleting asks once, shows what it frees, and keeps the rest", async ({ page }, testInfo) => {
  const name = "doomed";
  const file = testInfo.outputPath("doomed.tar");
  writeFileSync(file, buildDockerArchive([buildTar([{ path: "unique", body: "x".repeat(16_000) }])], { name }));
  stratigraph("scan", `docker-archive:${file}`);
  await openPage(page, `/?q=${name}`);
  await page.getByRole("checkbox", box(name)).check();
  await page.getByRole("button", { name: "Delete…" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Delete 1 artifact?" })).toBeVisible();
  await expect(page.getByText(/Deleting the images as well would free 15\.6 KiB on a disk/)).toBeVisible();
  await page.getByRole("button", { name: "Delete 1 artifact" }).click();
  await expect(page).toHaveURL(/\/$/);
  await openPage(page, `/?q=${name}`);
  await expect(page.getByText("No artifact has a name with doomed in it.")).toBeVisible();
});

test("a form from another site deletes nothing", async ({ request }) => {
  const sent = await request.post(`${process.env.STRATIGRAPH_URL}/delete/now`, {
    form: { in: "sample-web" },
    headers: { "sec-fetch-site": "cross-site" },
  });
  expect(sent.status()).toBe(403);
});
