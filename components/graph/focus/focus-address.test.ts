import { expect, it } from "vitest";
import { type GraphState, graphParameters, viewAddress } from "../graph-address.ts";
import {
  closeListAddress,
  listAddress,
  scopeAddress,
  toFocusQuestion,
  trailAddress,
  walkAddress,
} from "./focus-address.ts";

const page = "/artifacts/aaaaaaaaaaaa/graph";
const stateOf = (query: Record<string, string>): GraphState => ({
  ...graphParameters.parse({ view: "focus", node: "7", ...query }),
  page,
});

it("keeps the walked way, and how far the view looks, but no listing of the node before", () => {
  const state = stateOf({ trail: "4.17", steps: "2", list: "up", class: "3", sheet: "2", to: "9" });
  expect(walkAddress(state, { nodeIndex: 5, id: "/gnu/store/a" })).toBe(
    `${page}?node=/gnu/store/a&view=focus&trail=4&trail=17&trail=7&steps=2`,
  );
  expect(trailAddress(state, 1)).toBe(`${page}?node=17&view=focus&trail=4&steps=2`);
  expect(trailAddress(state, 0)).toBe(`${page}?node=4&view=focus&steps=2`);
});

it("keeps the latest twelve walked nodes, and ignores what no node is called", () => {
  const long = Array.from({ length: 20 }, (_, i) => i).join(".");
  expect(stateOf({ trail: long }).trail).toEqual([
    "8",
    "9",
    "10",
    "11",
    "12",
    "13",
    "14",
    "15",
    "16",
    "17",
    "18",
    "19",
  ]);
  expect(stateOf({ trail: "" }).trail).toEqual([]);
  expect(stateOf({ trail: "a".repeat(5000) }).trail).toEqual([]);
});

it("has one listing at a time", () => {
  const state = stateOf({ up: "bash", sheet: "3" });
  expect(listAddress(state, "shared", { class: 2 })).toBe(`${page}?node=7&view=focus&list=shared&class=2`);
  expect(closeListAddress(state)).toBe(`${page}?node=7&view=focus`);
  expect(scopeAddress(state, { side: "own" })).toBe(`${page}?node=7&view=focus&side=own`);
});

it("selects the same node in the other views, which know nothing of the walk", () => {
  const state = stateOf({ trail: "1", steps: "all", side: "up" });
  expect(viewAddress(state, "map")).toBe(`${page}?node=7&view=map`);
  expect(viewAddress(state, "overview")).toBe(`${page}?node=7&focus=7`);
});

it("asks for what the page shows", () => {
  expect(toFocusQuestion(stateOf({ steps: "all", own: "lib" }))).toMatchObject({
    steps: Number.POSITIVE_INFINITY,
    listing: { part: "own", text: "lib", page: 0 },
    to: undefined,
  });
  expect(toFocusQuestion(stateOf({ list: "up", class: "9", family: "lib", sheet: "2" })).listing).toEqual({
    part: "up",
    sizeClass: undefined,
    name: "lib",
    page: 2,
  });
});
