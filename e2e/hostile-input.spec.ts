import { writeFileSync } from "node:fs";
import { expect, type Page, test } from "@playwright/test";
import { buildLargeTextImage, buildManyLayersImage, buildRawTextImage } from "#testing/builders/hostile-image.ts";
import { address } from "./address.ts";
import { stratigraph } from "./stratigraph.ts";

// What can an image with malicious texts do to the pages?

/** Maximum bytes of a page's markup, whatever was scanned and however many rows the URL requests. */
const MAX_PAGE_BYTES = 2_000_000;

/** C0 and C1 controls, bidi controls, zero-width characters; tab and line ends are harmless in a page. */
const RAW = /(?![\t\n\r])[\p{Cc}\p{Cf}]/u;

const LARGE = "large-text:1";
const MANY = "many-layers:1";
const FEW = "sample-web";

// One scan for all: each worker would make its own.
test.describe.configure({ mode: "default" });

test.beforeAll(async ({ browserName: _ }, testInfo) => {
  const images = [
    ["raw", buildRawTextImage("raw-text")],
    ["large", buildLargeTextImage(LARGE)],
    ["many", buildManyLayersImage(MANY, 1000)],
  ] as const;
  const files = images.map(([name, archive]) => {
    const file = testInfo.outputPath(`${name}.tar`);
    writeFileSync(file, archive);
    return `docker-archive:${file}`;
  });
  stratigraph("scan", ...files);
});

const ROWS = "rows=100000&files=100000&cells=100000";
const BOUNDED = [
  "/",
  "/?limit=100000",
  `/artifacts/${LARGE}`,
  `/artifacts/${LARGE}?nodes=100000&wasted=100000&files=100000&problems=100000&open=deep`,
  `/artifacts/${LARGE}/graph`,
  `/artifacts/${LARGE}/graph?view=focus&steps=all&list=own`,
  `/artifacts/${LARGE}/why/0?paths=100000&files=100000`,
  `/artifacts/${LARGE}/remove?folders=100000&keep=a&folder=a`,
  `/artifacts/${LARGE}/files?row=100000`,
  `/artifacts/${LARGE}/retained?rows=100000&cycles=100000`,
  `/artifacts/${LARGE}/retained?picture=icicle&rows=100000`,
  `/names/${LARGE}?rows=100000`,
  `/artifacts/${MANY}?nodes=100000`,
  `/compare?a=${LARGE}&b=${MANY}&${ROWS}`,
  `/compare?in=${LARGE},${MANY},${FEW}&cell=0&${ROWS}`,
  `/compare/graph?a=${LARGE}&b=${MANY}`,
  `/savings?in=${LARGE},${MANY}`,
  "/lineage?families=100000&rows=100000&planned=100000",
  "/whatif?component=libc6&holders=100000&artifacts=100000",
  "/cache-hits?in=a,b&steps=100000",
  `/lineage/rebase?image=${LARGE}&from=${MANY}&to=${FEW}`,
  `/lineage/relayer?image=${LARGE},${MANY},${FEW}&rows=100000`,
];

for (const path of BOUNDED) {
  test(`${path} is at most 2 MB`, async ({ request }) => {
    const response = await request.get(address(path));
    expect(response.status()).toBe(200);
    expect((await response.body()).length).toBeLessThan(MAX_PAGE_BYTES);
  });
}

test("a cut says how much is missing: of a command, of the warnings, of the layers", async ({ page }) => {
  await page.goto(address(`/artifacts/${LARGE}`));
  await expect(page.locator("#layer-0")).toContainText(/… \([\d,]+ more characters\)/);
  const warnings = page.getByRole("region", { name: "Scan warnings" });
  await expect(warnings).toContainText("10,000 warnings");
  await expect(warnings).toContainText("9,950 more warnings not shown");
  await warnings.getByRole("link", { name: "Show more" }).click();
  await expect(warnings).toContainText("9,850 more warnings not shown");
  await page.goto(address(`/artifacts/${MANY}`));
  await expect(page.getByText("873 older layers not listed one by one")).toBeVisible();
});

/** All text and attributes of a page with a raw control character in them. URLs are encoded. */
async function findRawTexts(page: Page): Promise<string[]> {
  return page.evaluate((pattern) => {
    const raw = new RegExp(pattern, "u");
    const found: string[] = [];
    for (const element of document.querySelectorAll("*")) {
      if (/^(SCRIPT|STYLE)$/.test(element.tagName)) continue;
      for (const { name, value } of element.attributes) if (raw.test(value)) found.push(`${element.tagName} ${name}`);
      for (const node of element.childNodes)
        if (node.nodeType === Node.TEXT_NODE && raw.test(node.textContent ?? "")) found.push(`${element.tagName} text`);
    }
    return found;
  }, RAW.source);
}

test("no page shows a raw control or bidi character from an image", async ({ page, request }) => {
  const json = await (await request.get(address("/search?q=raw-text"))).json();
  const digest: string = json.artifacts[0].digest;
  const paths = [
    "/",
    "/?q=raw",
    `/artifacts/${digest}?open=srv&open=node_modules`,
    `/artifacts/${digest}/graph?node=0`,
    `/artifacts/${digest}/graph?q=a`,
    `/artifacts/${digest}/graph?view=focus&node=0&trail=1&steps=all&list=own`,
    `/artifacts/${digest}/graph?view=focus&node=1&to=a&up=a`,
    `/artifacts/${digest}/remove?keep=a`,
    `/artifacts/${digest}/files`,
    `/artifacts/${digest}/files?show=hidden&sort=owner`,
    `/artifacts/${digest}/retained`,
    `/artifacts/${digest}/retained?picture=icicle&node=0`,
    `/artifacts/${digest}/why/0`,
    `/artifacts/${digest}/why/1`,
    `/compare?a=${digest}&b=${FEW}`,
    `/compare?in=${digest},${FEW}&cell=0`,
    `/compare?in=${digest},${FEW}&cell=0&rung=layer`,
    `/compare?a=raw&b=${FEW}`,
    `/compare/graph?a=${digest}&b=${FEW}&node=0`,
    `/savings?in=${digest},${FEW}`,
  ];
  for (const path of paths) {
    await page.goto(address(path));
    expect(await findRawTexts(page), path).toEqual([]);
  }
});

test("no report shows one in its title, note, picture or exports", async ({ page, request }) => {
  await page.goto(address("/?q=raw-text"));
  await page
    .getByRole("link", { name: /raw-text/ })
    .first()
    .click();
  await page.getByRole("button", { name: "Share" }).click();
  await expect(page).toHaveURL(/\/r\//);
  await page.getByText("Title, note, delete").click();
  await page.getByLabel("Note").fill("seen \u202ethere\nand \u009b1m here");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("seen U+202Ethere").or(page.getByText("seen ⟨U+202E⟩there")).first()).toBeVisible();
  expect(await findRawTexts(page)).toEqual([]);
  for (const format of ["html", "md"]) {
    const body = await (await request.get(`${page.url()}/export/${format}`)).text();
    expect(RAW.test(body.replace(/\r\n/g, "\n")), format).toBe(false);
  }
  await page.goto(address("/reports"));
  expect(await findRawTexts(page)).toEqual([]);
});
