import { expect, it } from "vitest";
import { type GraphState, graphAddress, withOpened } from "./graph-address.ts";

const state: GraphState = {
  page: "/artifacts/aaaaaaaaaaaa/graph",
  open: ["3"],
  node: undefined,
  focus: undefined,
  limit: undefined,
  q: "",
  sort: undefined,
  direction: undefined,
};

it("keeps the rest of the screen when a node is selected", () => {
  expect(graphAddress(state, { node: "7" })).toBe("/artifacts/aaaaaaaaaaaa/graph?open=3&node=7");
});

it("keeps the page's own query parameters", () => {
  expect(graphAddress({ ...state, page: "/compare/graph?a=x&b=y" }, {})).toBe("/compare/graph?a=x&b=y&open=3");
});

it("opens a second portion of a group that is open", () => {
  expect(withOpened(state, 3)).toBe("/artifacts/aaaaaaaaaaaa/graph?open=3&open=3");
  expect(withOpened(state, -1)).toBe("/artifacts/aaaaaaaaaaaa/graph?open=3&open=-1");
});
