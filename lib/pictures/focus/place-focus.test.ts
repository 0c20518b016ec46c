import { expect, it } from "vitest";
import type { FocusMiddle, FocusPart, FocusRow } from "#lib/model/focus-answer.ts";
import { chartHeight, HEIGHTS, isCharted, placeFocus } from "./place-focus.ts";

const NODE = { kind: "deb", version: "1", closureSize: 1, retainedSize: 1, selfSize: 1 } as const;

function row(nodeIndex: number, depth = 0): FocusRow {
  const counts = { referenceCount: 0, referrerCount: 0, live: true, root: false };
  const node = { ...NODE, ...counts, nodeIndex, id: `${nodeIndex}`, name: "lib" };
  return { node, depth, evidence: "declared", details: [], cycle: false, others: 0 };
}

function part(rows: readonly FocusRow[], rest = 0): FocusPart {
  const classes = [{ from: 0, to: undefined, count: rest }];
  const more = { count: rest, selfSize: rest, largest: "lib", classes, alike: [] };
  return { rows, count: rows.length + rest, rest: rest === 0 ? undefined : more };
}

function placed(parts: Partial<Pick<FocusMiddle, "up" | "own" | "shared" | "listing">>, way?: FocusMiddle["way"]) {
  const counts = {
    neededBy: 0,
    needs: 0,
    keptCount: 0,
    reachedCount: 0,
    reachingCount: 0,
    rootCount: 0,
    cycleCount: 0,
  };
  return placeFocus({ node: row(0).node, ...counts, way, listing: undefined, path: undefined, ...parts });
}

/** Where a curve begins and ends. */
const ends = (d: string) => [...d.matchAll(/-?[\d.]+/g)].map(Number).filter((_, i) => [1, 7].includes(i));

it("leads every line from the middle of its row to one place at the card", () => {
  const rows = [row(1), row(2), row(3)];
  const { left, right, cardTop } = placed({ up: part(rows), own: part(rows) });
  const first = HEIGHTS.heading + HEIGHTS.axis + HEIGHTS.row / 2;
  const meeting = ends(left.lines[0]!.d)[1]!;
  expect(left.lines.map(({ d }) => ends(d))).toEqual(rows.map((_, i) => [left.top + first + i * HEIGHTS.row, meeting]));
  expect(right.lines.map(({ d }) => ends(d))).toEqual(
    rows.map((_, i) => [meeting, right.top + first + i * HEIGHTS.row]),
  );
  expect(meeting).toBeGreaterThan(cardTop);
});

it("puts a short side beside the middle of the card, and a long one at the top", () => {
  const long = Array.from({ length: 40 }, (_, i) => row(i));
  const { left, right, height } = placed({ up: part([row(1)]), own: part(long) });
  expect(left.top).toBeGreaterThan(50);
  expect(right.top).toBe(0);
  expect(height).toBeGreaterThan(40 * HEIGHTS.row);
});

it("has no line for a deeper row, and one broad line for all without a row", () => {
  const { left } = placed({ up: part([row(1), row(2, 1)], 3617) });
  expect(left.lines.map(({ key, rest }) => [key, rest])).toEqual([
    ["up-1", false],
    ["up-rest", true],
  ]);
  expect(left.lines[1]!.width).toBeGreaterThan(5 * left.lines[0]!.width);
  const [from] = ends(left.lines[1]!.d);
  expect(from! - left.top).toBe(
    HEIGHTS.heading + HEIGHTS.axis + 2 * HEIGHTS.row + HEIGHTS.more + chartHeight("up") / 2,
  );
});

it("moves nothing when a list opens, and draws no line to what is below it", () => {
  const parts = { own: part([row(1)], 3), shared: part([row(2)]) };
  const rows = Array.from({ length: 42 }, (_, i) => row(i));
  const closed = placed(parts);
  const open = placed({ ...parts, listing: { part: "own", count: 42, rows, page: 0, pageCount: 1 } });
  expect(open.right.top).toBe(closed.right.top);
  expect(open.right.lines).toEqual(closed.right.lines.slice(0, 1));
  expect(open.height).toBeGreaterThan(42 * HEIGHTS.row);
});

it("shows sizes as columns only of a dozen nodes or more", () => {
  expect([11, 12].map((count) => isCharted(part([row(1)], count)))).toEqual([false, true]);
});

it("moves the card down by the lines of a path", () => {
  const step = { node: row(9).node, evidence: undefined };
  const way = { first: [step, step], omitted: 190, last: [step, step, step] };
  const line = placed({}).wayHeight / 2;
  expect(placed({}, way).cardTop - placed({}).cardTop).toBe(5 * line);
});
