import { existsSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { chromium, type Page } from "@playwright/test";
import type { Figure } from "./measure-run.ts";

/** The distribution's, as for the browser tests: Playwright's own download is not an npm package. */
export const CHROMIUM = "/usr/bin/chromium";
/** How long the graph may keep drawing after its page is loaded, in milliseconds. */
const SETTLE = 3000;

const BUDGETS = { firstPage: 200_000, graphPage: 400_000, longestTask: 100, firstPaint: 1500 };

/** Browser figures: JavaScript of a first page and of a graph page, the latter's longest task and first paint. */
export async function benchBrowser(server: string, { store }: { readonly store: string }): Promise<Figure[]> {
  const graph = `${server}/artifacts/${encodeURIComponent(store)}/graph`;
  if (!existsSync(CHROMIUM)) {
    return [{ what: "browser: all figures", value: "chromium is not installed", budget: "", within: undefined }];
  }
  const browser = await chromium.launch({
    executablePath: CHROMIUM,
    args: ["--no-sandbox", "--disable-dev-shm-usage"],
  });
  try {
    const open = async (address: string) => {
      const page = await (await browser.newContext()).newPage();
      const bytes = await countScripts(page, address);
      return { page, bytes };
    };
    const home = await open(`${server}/`);
    const drawn = await open(graph);
    const { longestTask, firstPaint } = await readTimes(drawn.page);
    return [
      toSize("browser: JavaScript of a first page, gzip", home.bytes, BUDGETS.firstPage),
      toSize("browser: JavaScript of the graph page, gzip", drawn.bytes, BUDGETS.graphPage),
      toTime("browser: longest task of the store's graph page", longestTask, BUDGETS.longestTask),
      toTime("browser: its first paint", firstPaint, BUDGETS.firstPaint),
    ];
  } finally {
    await browser.close();
  }
}

/** Opens an address and sums the gzip sizes of its scripts, whatever encoding the server used. */
async function countScripts(page: Page, address: string): Promise<number> {
  await page.addInitScript(() => {
    const tasks: number[] = [];
    Object.assign(globalThis, { longTasks: tasks });
    new PerformanceObserver((list) => tasks.push(...list.getEntries().map(({ duration }) => duration))).observe({
      type: "longtask",
      buffered: true,
    });
  });
  const scripts: Promise<number>[] = [];
  page.on("response", (response) => {
    if (response.request().resourceType() !== "script") return;
    scripts.push(response.body().then((body) => gzipSync(body).length));
  });
  await page.goto(address, { waitUntil: "load" });
  await page.waitForTimeout(SETTLE);
  return (await Promise.all(scripts)).reduce((sum, bytes) => sum + bytes, 0);
}

function readTimes(page: Page): Promise<{ longestTask: number; firstPaint: number }> {
  return page.evaluate(() => {
    const { longTasks } = globalThis as unknown as { longTasks: number[] };
    const [paint] = performance.getEntriesByName("first-contentful-paint");
    return { longestTask: Math.max(0, ...longTasks), firstPaint: paint?.startTime ?? Number.NaN };
  });
}

function toSize(what: string, bytes: number, budget: number): Figure {
  const kilobytes = (count: number) => `${Math.round(count / 1000)} kB`;
  return { what, value: kilobytes(bytes), budget: `≤ ${kilobytes(budget)}`, within: bytes <= budget };
}

function toTime(what: string, milliseconds: number, budget: number): Figure {
  const value = `${Math.round(milliseconds)} ms`;
  return { what, value, budget: `≤ ${budget} ms`, within: milliseconds <= budget };
}
