import type { Browser, Page } from "@playwright/test";
import { measure } from "#lib/analysis/measure.ts";
import { computeSection } from "#lib/graph/section/section.ts";
import { ingestStore } from "#lib/ingest/closure/ingest-store.ts";
import { openStore } from "#lib/sources/store/index.ts";
import { type Figure, medianOf } from "../measure-run.ts";
import { longestTask, openView, timeMoves, toFrames, toTime } from "./viewed-page.ts";
import type { ViewedStore } from "./viewed-stores.ts";

const RUNS = 3;
/** Notches of the wheel before panning. */
const NOTCHES = 9;
const CANVAS = "[data-testid=map-canvas]";

const BUDGETS = { layout: 1000, picture: 2000, pick: 50, light: 50 };

/** A store's map: its layout, as in a scan, and its first picture, panning, picking and lighting in a browser without a GPU. */
export async function benchMap(browser: Browser, { name, root, address }: ViewedStore): Promise<Figure[]> {
  return [await benchLayout(name, root), ...(await benchPage(browser, name, `${address}?view=map`))];
}

async function benchLayout(name: string, rootDir: string): Promise<Figure> {
  const { graph: snapshot } = await ingestStore({
    source: "bench",
    open: () => openStore({ rootDir, flavour: "nix" }),
    roots: [],
    computeLive: ({ nodeCount }: { nodeCount: number }) => new Uint8Array(nodeCount),
  });
  const { graph, root, dominator } = measure(snapshot);
  const roots = Int32Array.from([...root.keys()].filter((node) => root[node] === 1));
  const input = { graph, roots, selfSize: snapshot.selfSize, dominator };
  const milliseconds = await medianOf(RUNS, async () => computeSection(input));
  return toTime(`map: ${name}, ${graph.edgeCount} references: layout`, milliseconds, BUDGETS.layout);
}

async function benchPage(browser: Browser, name: string, address: string): Promise<Figure[]> {
  const cold = await openView(browser, address, `${CANVAS}[data-named=true]`);
  await cold.page.context().close();
  const { page, milliseconds } = await openView(browser, address, `${CANVAS}[data-ready=true]`);
  await page.waitForSelector(`${CANVAS}[data-named=true]`);
  const pick = await timePicks(page);
  const light = await timeLight(page);
  await page.keyboard.press("Escape");
  const moved = await timeMoves(page, CANVAS, `${CANVAS} canvas`, NOTCHES);
  const task = await longestTask(page);
  await page.context().close();
  return [
    toTime(`map: ${name}: first picture with names, first visit`, cold.milliseconds, BUDGETS.picture),
    toTime(`map: ${name}: first picture`, milliseconds, BUDGETS.picture),
    toTime(`map: ${name}: picking the node under the pointer`, pick, BUDGETS.pick),
    toTime(`map: ${name}: from the click to the lit picture`, light, BUDGETS.light),
    ...toFrames(`map: ${name}`, moved),
    toTime(`map: ${name}: longest task`, task, undefined),
  ];
}

/** The slowest of many picks, spread over the map. */
function timePicks(page: Page): Promise<number> {
  return page.evaluate(() => {
    const board = document.querySelector("[data-testid=map-canvas] canvas")!;
    const { left, top, width, height } = board.getBoundingClientRect();
    let slowest = 0;
    for (let i = 0; i < 200; i++) {
      const [clientX, clientY] = [left + ((i * 37) % 100) * (width / 100), top + ((i * 61) % 100) * (height / 100)];
      const moved = new PointerEvent("pointermove", { clientX, clientY, pointerType: "mouse" });
      const begun = performance.now();
      board.dispatchEvent(moved);
      slowest = Math.max(slowest, performance.now() - begun);
    }
    return slowest;
  });
}

/** From the click on a node until the picture with its lit sets is drawn, that is, until the status line has their numbers. */
async function timeLight(page: Page): Promise<number> {
  await page.evaluate(() => {
    addEventListener(
      "pointerup",
      () => {
        const begun = performance.now();
        const observer = new MutationObserver(() => {
          if (!/ needs? /.test(document.querySelector("[data-testid=map-status]")?.textContent ?? "")) return;
          observer.disconnect();
          Object.assign(globalThis, { litAfter: performance.now() - begun });
        });
        observer.observe(document.body, { subtree: true, childList: true, characterData: true });
      },
      { capture: true, once: true },
    );
  });
  const box = (await page.getByTestId("map-canvas").boundingBox())!;
  // The deepest stratum: what most of the graph needs.
  await page.mouse.click(box.x + box.width / 2, box.y + box.height - 12);
  const lit = await page.waitForFunction(() => (globalThis as { litAfter?: number }).litAfter);
  return Number(await lit.jsonValue());
}
