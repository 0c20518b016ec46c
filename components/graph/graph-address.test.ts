import { expect, it } from "vitest";
import { type GraphState, graphAddress, graphParameters, withOpened } from "./graph-address.ts";

const state: GraphState = { ...graphParameters.parse({ open: ["3"] }), page: "/artifacts/aaaaaaaaaaaa/graph" };

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

it("has the camera of the map to a part of a pixel, and no camera that is none", () => {
  const camera = { x: 0.1234567, y: 0, z: 2.36 };
  expect(graphAddress({ ...state, open: [] }, { view: "map", ...camera })).toBe(
    "/artifacts/aaaaaaaaaaaa/graph?view=map&x=0.123457&y=0&z=2.36",
  );
  expect(graphParameters.parse({ x: "-1", y: "", z: "0.5" })).toMatchObject({
    x: undefined,
    y: undefined,
    z: undefined,
  });
});
