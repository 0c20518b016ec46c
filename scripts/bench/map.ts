import { mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { type Browser, chromium, type Page } from "@playwright/test";
import { measure } from "#lib/analysis/measure.ts";
import type { Database } from "#lib/db/server/database.ts";
import { computeSection } from "#lib/graph/section/section.ts";
import { ingestStore } from "#lib/ingest/closure/ingest-store.ts";
import { openStore } from "#lib/sources/store/index.ts";
import { writeGeneratedStore } from "#testing/builders/store.ts";
import { CHROMIUM } from "./browser.ts";
import { type Figure, medianOf, seconds } from "./measure-run.ts";
import { startProduct } from "./product.ts";
import { empty, scan } from "./scans.ts";

const SIZES = [1000, 13_000, 100_000];
const REFERENCES_PER_PATH = 4;
const RUNS = 3;
/** Notches of the wheel before panning, and milliseconds of panning. */
const NOTCHES = 9;
const PAN_MS = 2000;

const BUDGETS = { layout: 1000, picture: 2000, frames: 30, pick: 50, light: 50 };

/** Maps of closures of three sizes in a browser without a GPU: layout, first picture, panning, picking, lighting. */
export async function benchMap(folder: string, { url }: Database): Promise<Figure[]> {
  await empty(url);
  const figures: Figure[] = [];
  const browser = await chromium.launch({
    executablePath: CHROMIUM,
    args: ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"],
  });
  const server = await startProduct([process.execPath, "bin/stratigraph.ts", "serve"], { DATABASE_URL: url });
  try {
    for (const size of SIZES) {
      const root = join(folder, `map-store-${size}`);
      writeStore(root, size);
      figures.push(await benchLayout(root, size));
      await scan(`nix-store:${root}`, url, "--name", `map-${size}`);
      figures.push(...(await benchBrowserMap(browser, `${server.url}/artifacts/map-${size}/graph?view=map`, size)));
    }
  } finally {
    await browser.close();
    await server.stop();
  }
  return figures;
}

/** The same store every time, in a folder that is empty at first. */
function writeStore(root: string, pathCount: number): void {
  const file = join(root, "nix/var/nix/db/db.sqlite");
  mkdirSync(dirname(file), { recursive: true });
  writeGeneratedStore(file, {
    seed: 1,
    pathCount,
    referenceCount: REFERENCES_PER_PATH * pathCount,
    flavour: "nix",
  });
}

async function benchLayout(rootDir: string, size: number): Promise<Figure> {
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
  return toFigure(`map: layout of ${size} nodes, ${graph.edgeCount} references`, milliseconds, BUDGETS.layout);
}

async function benchBrowserMap(browser: Browser, address: string, size: number): Promise<Figure[]> {
  const cold = await openMap(browser, address);
  await cold.page.context().close();
  const { page, picture, named } = await openMap(browser, address);
  const pick = await timePicks(page);
  const light = await timeLight(page);
  await page.keyboard.press("Escape");
  const panned = await timePan(page);
  await page.context().close();
  return [
    toFigure(`map: ${size} nodes, first picture with names, first visit`, cold.named, BUDGETS.picture),
    toFigure(`map: ${size} nodes, first picture`, picture, BUDGETS.picture),
    toFigure(`map: ${size} nodes, its names`, named, BUDGETS.picture),
    toFigure(`map: ${size} nodes, picking the node under the pointer`, pick, BUDGETS.pick),
    toFigure(`map: ${size} nodes, from the click to the lit picture`, light, BUDGETS.light),
    {
      what: `map: ${size} nodes, panning at ${panned.zoom} ×`,
      value: `${panned.framesPerSecond.toFixed(0)} frames a second, longest ${panned.longest.toFixed(0)} ms`,
      budget: `≥ ${BUDGETS.frames} frames a second`,
      within: panned.framesPerSecond >= BUDGETS.frames,
    },
  ];
}

/** Milliseconds from the start of the navigation to the first picture, and to the one with names. */
async function openMap(browser: Browser, address: string) {
  const page = await (await browser.newContext({ viewport: { width: 1440, height: 900 } })).newPage();
  await page.goto(address, { waitUntil: "commit" });
  const timeOf = async (mark: string) => {
    const drawn = await page.waitForFunction((selector) => {
      return document.querySelector(selector) === null ? undefined : performance.now();
    }, `[data-testid=map-canvas][data-${mark}=true]`);
    return Number(await drawn.jsonValue());
  };
  return { page, picture: await timeOf("ready"), named: await timeOf("named") };
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

/** Zooms in, then drags to and fro, and counts the frames. */
async function timePan(page: Page) {
  const box = (await page.getByTestId("map-canvas").boundingBox())!;
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.mouse.move(x, y);
  for (let i = 0; i < NOTCHES; i++) await page.mouse.wheel(0, -100);
  await page.waitForTimeout(1000);
  const result = await page.evaluate(async (milliseconds) => {
    const board = document.querySelector("[data-testid=map-canvas] canvas")!;
    const { left, top, width, height } = board.getBoundingClientRect();
    board.setPointerCapture = () => {};
    const send = (type: string, clientX: number, clientY: number) =>
      board.dispatchEvent(new PointerEvent(type, { clientX, clientY, pointerId: 1, button: 0, pointerType: "mouse" }));
    const [middleX, middleY] = [left + width / 2, top + height / 2];
    send("pointerdown", middleX, middleY);
    const begun = performance.now();
    let [frames, longest, last] = [0, 0, begun];
    while (last - begun < milliseconds) {
      const now = await new Promise<number>((resolve) => requestAnimationFrame(() => resolve(performance.now())));
      longest = Math.max(longest, now - last);
      frames++;
      last = now;
      const turn = ((now - begun) / 1000) * Math.PI;
      send("pointermove", middleX + Math.sin(turn) * width, middleY + Math.sin(2 * turn) * height * 0.5);
    }
    send("pointerup", middleX, middleY);
    return { framesPerSecond: (1000 * frames) / (last - begun), longest };
  }, PAN_MS);
  return { ...result, zoom: (1.18 ** NOTCHES).toFixed(1) };
}

function toFigure(what: string, milliseconds: number, budget: number): Figure {
  const value = milliseconds < 1000 ? `${milliseconds.toFixed(0)} ms` : seconds(milliseconds);
  return { what, value, budget: `≤ ${budget} ms`, within: milliseconds <= budget };
}
