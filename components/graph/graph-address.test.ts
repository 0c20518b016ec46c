import { expect, it } from "vitest";
import { filterOf, type GraphState, graphAddress, graphParameters, withClosed, withOpened } from "./graph-address.ts";

const state: GraphState = { ...graphParameters.parse({ open: ["3"] }), page: "/artifacts/aaaaaaaaaaaa/graph" };

it("keeps the rest of the screen when a node is selected", () => {
  expect(graphAddress(state, { node: "7" })).toBe("/artifacts/aaaaaaaaaaaa/graph?open=3&node=7");
});

it("keeps the page's own query parameters", () => {
  expect(graphAddress({ ...state, page: "/compare/graph?a=x&b=y" }, {})).toBe("/compare/graph?a=x&b=y&open=3");
});

it("opens a second portion of a group that is open, and closes it alone", () => {
  expect(withOpened(state, 3)).toBe("/artifacts/aaaaaaaaaaaa/graph?open=3&open=3");
  const both = { ...state, open: ["3", "0", "3"] };
  expect(withClosed(both, 3)).toBe("/artifacts/aaaaaaaaaaaa/graph?open=0");
});

it("has filters by kind, layer, root, evidence and size, and ignores those that are none", () => {
  const filtered = graphParameters.parse({
    kind: ["npm", "nothing"],
    layer: "2",
    root: "7",
    evidence: "declared",
    min: "0",
  });
  expect(filterOf({ ...state, ...filtered })).toEqual({
    kinds: ["npm"],
    layer: 2,
    root: "7",
    evidence: "declared",
    min: undefined,
  });
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
