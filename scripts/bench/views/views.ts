import { type Browser, chromium } from "@playwright/test";
import type { Database } from "#lib/db/server/database.ts";
import { CHROMIUM } from "../browser.ts";
import type { Figure } from "../measure-run.ts";
import { startProduct } from "../product.ts";
import { empty, scan } from "../scans.ts";
import { benchMap } from "./map.ts";
import { longestTask, openView, timeMoves, toFrames, toTime } from "./viewed-page.ts";
import { type ViewedStore, writeStores } from "./viewed-stores.ts";

const OVERVIEW = "[data-testid=overview]";
/** Notches of the wheel before panning. */
const NOTCHES = 4;
/** How long a page may go on working after its first picture, in milliseconds. */
const SETTLE = 2000;

const BUDGETS = { picture: 2000, task: 100 };

/** The three views of graphs of several sizes, each in a browser without a GPU, against the product's own server. */
export async function benchViews(folder: string, { url }: Database): Promise<Figure[]> {
  await empty(url);
  const figures: Figure[] = [];
  const args = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"];
  const browser = await chromium.launch({ executablePath: CHROMIUM, args });
  const server = await startProduct([process.execPath, "bin/stratigraph.mjs", "serve"], { DATABASE_URL: url });
  try {
    for (const store of writeStores(folder, server.url)) {
      await scan(`nix-store:${store.root}`, url, "--name", store.address.split("/").at(-2)!);
      figures.push(...(await benchFocus(browser, store)), ...(await benchOverview(browser, store)));
      figures.push(...(await benchMap(browser, store)));
    }
  } finally {
    await browser.close();
    await server.stop();
  }
  return figures;
}

/** The first page loads the graph from the database, the second one finds it in memory. */
async function benchOverview(browser: Browser, { name, address }: ViewedStore): Promise<Figure[]> {
  const ready = `${OVERVIEW}[data-ready=true]`;
  const first = await openView(browser, `${address}?view=overview`, ready);
  await first.page.context().close();
  const { page, milliseconds } = await openView(browser, `${address}?view=overview`, ready);
  await page.waitForTimeout(SETTLE);
  const task = await longestTask(page);
  const moved = await timeMoves(page, OVERVIEW, `${OVERVIEW} svg`, NOTCHES);
  await page.context().close();
  return [
    toTime(`overview: ${name}: first picture, first visit`, first.milliseconds, BUDGETS.picture),
    toTime(`overview: ${name}: first picture`, milliseconds, BUDGETS.picture),
    toTime(`overview: ${name}: longest task`, task, BUDGETS.task),
    ...toFrames(`overview: ${name}`, moved),
  ];
}

/** Around the first node, which most others of a generated store need. */
async function benchFocus(browser: Browser, { name, address }: ViewedStore): Promise<Figure[]> {
  const ready = "[data-testid=focus-board]";
  const first = await openView(browser, `${address}?view=focus&node=0`, ready);
  await first.page.context().close();
  const { page, milliseconds } = await openView(browser, `${address}?view=focus&node=0`, ready);
  await page.waitForTimeout(SETTLE);
  const task = await longestTask(page);
  await page.context().close();
  return [
    toTime(`focus: ${name}: first picture, first visit`, first.milliseconds, BUDGETS.picture),
    toTime(`focus: ${name}: first picture`, milliseconds, BUDGETS.picture),
    toTime(`focus: ${name}: longest task`, task, BUDGETS.task),
  ];
}
