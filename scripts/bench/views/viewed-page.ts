import type { Browser, Page } from "@playwright/test";
import { type Figure, seconds } from "../measure-run.ts";

const MIN_FRAMES = 30;
/** Milliseconds of panning, and of zooming. */
const MOVE_MS = 2000;

export interface OpenedView {
  readonly page: Page;
  /** From the start of the navigation until the selector was there. */
  readonly milliseconds: number;
}

/** Opens a page, and waits until it contains `selector`. */
export async function openView(browser: Browser, address: string, selector: string): Promise<OpenedView> {
  const page = await (await browser.newContext({ viewport: { width: 1440, height: 900 } })).newPage();
  await page.addInitScript(() => {
    const tasks: number[] = [];
    Object.assign(globalThis, { longTasks: tasks });
    new PerformanceObserver((list) => tasks.push(...list.getEntries().map(({ duration }) => duration))).observe({
      type: "longtask",
      buffered: true,
    });
  });
  await page.goto(address, { waitUntil: "commit" });
  const drawn = await page.waitForFunction((wanted) => {
    return document.querySelector(wanted) === null ? undefined : performance.now();
  }, selector);
  return { page, milliseconds: Number(await drawn.jsonValue()) };
}

/** Milliseconds of the longest task so far; 0 if none took 50. */
export function longestTask(page: Page): Promise<number> {
  return page.evaluate(() => Math.max(0, ...(globalThis as unknown as { longTasks: number[] }).longTasks));
}

interface Frames {
  readonly framesPerSecond: number;
  /** Milliseconds of the longest. */
  readonly longest: number;
}

export interface Moves {
  readonly zoom: string;
  readonly panning: Frames;
  readonly zooming: Frames;
}

/** Zooms in by notches of the wheel, then counts the frames while `target` is dragged to and fro, and while it is zoomed. */
export async function timeMoves(page: Page, room: string, target: string, notches: number): Promise<Moves> {
  const box = (await page.locator(room).boundingBox())!;
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  for (let i = 0; i < notches; i++) await page.mouse.wheel(0, -100);
  await page.waitForTimeout(1000);
  const panning = await countFrames(page, target, "pan");
  const zooming = await countFrames(page, target, "zoom");
  return { zoom: (1.18 ** notches).toFixed(1), panning, zooming };
}

function countFrames(page: Page, target: string, how: "pan" | "zoom"): Promise<Frames> {
  return page.evaluate(
    async ({ selector, milliseconds, move }) => {
      const board = document.querySelector(selector)!;
      const { left, top, width, height } = board.getBoundingClientRect();
      board.setPointerCapture = () => {};
      board.hasPointerCapture = () => true;
      const [middleX, middleY] = [left + width / 2, top + height / 2];
      const send = (type: string, clientX: number, clientY: number) => {
        const init = { clientX, clientY, pointerId: 1, button: 0, pointerType: "mouse", bubbles: true };
        board.dispatchEvent(new PointerEvent(type, init));
      };
      const wheel = (deltaY: number) => {
        const init = { deltaY, clientX: middleX, clientY: middleY, bubbles: true, cancelable: true };
        board.dispatchEvent(new WheelEvent("wheel", init));
      };
      if (move === "pan") send("pointerdown", middleX, middleY);
      const begun = performance.now();
      let [frames, longest, last] = [0, 0, begun];
      while (last - begun < milliseconds) {
        const now = await new Promise<number>((resolve) => requestAnimationFrame(() => resolve(performance.now())));
        longest = Math.max(longest, now - last);
        frames++;
        last = now;
        const turn = ((now - begun) / 1000) * Math.PI;
        if (move === "zoom") wheel(Math.cos(2 * turn) > 0 ? -25 : 25);
        else send("pointermove", middleX + Math.sin(turn) * width, middleY + Math.sin(2 * turn) * height * 0.5);
      }
      if (move === "pan") send("pointerup", middleX, middleY);
      return { framesPerSecond: (1000 * frames) / (last - begun), longest };
    },
    { selector: target, milliseconds: MOVE_MS, move: how },
  );
}

export function toFrames(what: string, { zoom, panning, zooming }: Moves): Figure[] {
  const toFigure = (how: string, { framesPerSecond, longest }: Frames): Figure => ({
    what: `${what}: ${how} at ${zoom} ×`,
    value: `${framesPerSecond.toFixed(0)} frames a second, longest ${longest.toFixed(0)} ms`,
    budget: `≥ ${MIN_FRAMES} frames a second`,
    within: framesPerSecond >= MIN_FRAMES,
  });
  return [toFigure("panning", panning), toFigure("zooming", zooming)];
}

/** Without a budget, a figure is only told. */
export function toTime(what: string, milliseconds: number, budget: number | undefined): Figure {
  const value = milliseconds < 1000 ? `${milliseconds.toFixed(0)} ms` : seconds(milliseconds);
  if (budget === undefined) return { what, value, budget: "", within: undefined };
  return { what, value, budget: `≤ ${budget} ms`, within: milliseconds <= budget };
}
