import { writeFileSync } from "node:fs";
import { expect, type Page, test } from "@playwright/test";
import { buildDockerArchive } from "#testing/builders/image-archive.ts";
import { buildTar } from "#testing/builders/tar.ts";
import { sharedData } from "#testing/run/shared-data.ts";
import { expectAccessible } from "./accessible.ts";
import { address } from "./address.ts";
import { openPage } from "./open-page.ts";
import { stratigraph } from "./stratigraph.ts";

// In which other layers would images share more, and what would the next version pull?

test.describe.configure({ mode: "serial" });

const KIB = 1024;
const VERSIONS = "e2e/relayer-app:1,e2e/relayer-app:2,e2e/relayer-app:3";

/** Two packages of Debian's, of 40 and of 100 KiB, in one layer. */
function layerOf(small: string, large: string) {
  const packages = { "e2e-relayer-small": small, "e2e-relayer-large": large };
  const status = Object.entries(packages).map(
    ([name, version]) => `Package: ${name}\nStatus: install ok installed\nArchitecture: amd64\nVersion: ${version}\n`,
  );
  return buildTar([
    { path: "var/lib/dpkg/status", body: status.join("\n") },
    ...Object.keys(packages).map((name) => ({ path: `var/lib/dpkg/info/${name}.list`, body: `/usr/lib/${name}.so\n` })),
    { path: "usr/lib/e2e-relayer-small.so", body: small.repeat(40 * KIB) },
    { path: "usr/lib/e2e-relayer-large.so", body: large.repeat(100 * KIB) },
  ]);
}

/** The second version has another small package, the third another large one. */
test.beforeAll(({ browserName: _ }, testInfo) => {
  for (const [at, layer] of [layerOf("1", "1"), layerOf("2", "1"), layerOf("2", "2")].entries()) {
    const file = testInfo.outputPath(`version-${at + 1}.tar`);
    const config = { os: "linux", architecture: "amd64" };
    writeFileSync(file, buildDockerArchive([layer], { name: `e2e/relayer-app:${at + 1}`, config }));
    stratigraph("scan", `docker-archive:${file}`);
  }
});

/** The answer, once the layers are read. */
async function expectAnswer(page: Page, words: RegExp): Promise<void> {
  await expect(page.locator("[data-answer]")).toContainText(words, { timeout: 50_000 });
}

test("each update is shown as built, by new plans and by one plan, as a page and as a file", async ({
  page,
  request,
}) => {
  const query = `image=${VERSIONS}&goal=update`;
  await openPage(page, `/lineage/relayer?${query}`);
  await expectAnswer(
    page,
    /^The 2 updates pull 280\.\d KiB as built, 140\.\d KiB with a new plan each time, and 140\.\d KiB/,
  );
  const updates = page.getByRole("region", { name: "Updates", exact: true });
  await expect(updates.locator("tbody tr")).toHaveCount(2);
  await expect(updates.locator("tbody tr").nth(0)).toContainText(
    /^e2e\/relayer-app:2from e2e\/relayer-app:1140\.\dKiB40\.\dKiB40\.\dKiB40\.\dKiB$/,
  );
  await expect(updates.locator("tbody tr").nth(1)).toContainText(/140\.\dKiB100\.\dKiB100\.\dKiB100\.\dKiB$/);
  await updates.getByRole("link", { name: "Sort by One plan kept" }).focus();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/updatesort=kept&updatedirection=desc#updates$/);
  await expect(updates.locator("tbody tr").nth(0)).toContainText("e2e/relayer-app:3");
  const csv = await (await request.get(address(`/lineage/relayer/updates.csv?${query}`))).text();
  expect(csv).toMatch(
    /^to,from,built,fresh,kept,files\r\ne2e\/relayer-app:2,e2e\/relayer-app:1,14\d{4},4\d{4},4\d{4},4\d{4}\r\n/,
  );
  await expect(page.getByRole("button", { name: /copy command/ })).toHaveCount(2);
  await expect(page.locator("section[aria-labelledby=write]")).toContainText("--previous version-1.plan.json");
  await expectAccessible(page);
});

test("the page is reached from Lineage, from the savings of a set and from the palette", async ({ page }) => {
  await openPage(page, "/lineage?q=relayer-");
  await page.getByRole("link", { name: "relayering" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Relayer");
  await page.keyboard.press("Control+k");
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("combobox").fill("Relayer images");
  await expect(dialog.getByRole("option", { name: /^Relayer images/ })).toBeVisible();
  await page.keyboard.press("Escape");
  await openPage(page, `/savings?in=${VERSIONS}`);
  await page.getByRole("link", { name: "Relayer…" }).click();
  await expect(page).toHaveURL(/\/lineage\/relayer\?image=/);
  await expectAnswer(
    page,
    /^These 3 images need 420\.\d KiB in 3 layers today, and 280\.\d KiB in \d+ layers once relayered/,
  );
  const goals = page.getByRole("navigation", { name: "Goal" });
  await goals.getByRole("link", { name: "Small updates" }).click();
  await expectAnswer(page, /^The 2 updates pull/);
});

test("unknown names and what is no image get one line, below the form", async ({ page }) => {
  await openPage(page, "/lineage/relayer");
  await page.getByRole("textbox", { name: /^Images/ }).fill("no-such-image-at-all");
  await page.getByRole("button", { name: "Show" }).click();
  await expect(page.getByRole("note")).toContainText("No artifact is named no-such-image-at-all");
  await expect(page.getByRole("textbox", { name: /^Images/ })).toHaveValue("no-such-image-at-all");
  await expectAccessible(page);
});

test.describe("images of Debian", () => {
  const mini = sharedData("fleet-mini/oci");
  test.skip(mini === undefined, "needs the shared inputs");
  const NAMES = ["m-base", "m-sqlite", "m-lua-sqlite", "m-sqlite-lua"];
  const URL = `/lineage/relayer?${NAMES.map((name) => `image=${name}`).join("&")}&layers=32`;

  test("a set is cut as the command cuts it, and its layers say what they hold", async ({ page, request }) => {
    for (const name of NAMES) stratigraph("scan", `oci:${mini}:${name}`);
    await openPage(page, URL);
    await expectAnswer(
      page,
      /^These 4 images need .* today, and .* once relayered: \d+\.\d% of the gap .* is closed, which is \d+(\.\d)?% of what layers can share without changing a file's name or attributes\.$/,
    );
    await expect(page.getByRole("region", { name: "Bytes by rung" }).locator("tbody tr")).toHaveCount(4);
    const images = page.getByRole("region", { name: "Images before and after" }).locator("tbody tr");
    await expect(images).toHaveText(NAMES.map((name) => new RegExp(`^${name}\\d`)));
    const layers = page.getByRole("region", { name: "Layers after relayering" }).locator("tbody tr");
    await expect(layers.first()).toContainText(/in all images/);
    const file = await request.get(address(URL.replace("/relayer?", "/relayer/layers.csv?")));
    const sizes = (await file.text())
      .trim()
      .split("\r\n")
      .slice(1)
      .map((row) => row.split(","));
    expect(sizes.map(([bytes]) => Number(bytes))).toEqual(sizes.map(([bytes]) => Number(bytes)).sort((a, b) => b - a));
    expect(sizes.every(([, count]) => Number(count) > 1)).toBe(true);
    await expect(page.getByRole("button", { name: /copy command/ })).toContainText("--max-layers 32 --goal set");
  });

  for (const [width, scheme] of [
    [360, "light"],
    [1440, "dark"],
  ] as const) {
    test(`the plan fits ${width} px, ${scheme}`, async ({ page }) => {
      await page.setViewportSize({ width, height: 900 });
      await page.emulateMedia({ colorScheme: scheme, reducedMotion: "reduce" });
      await openPage(page, URL);
      await expectAnswer(page, /^These 4 images need/);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
      await expectAccessible(page);
    });
  }
});
