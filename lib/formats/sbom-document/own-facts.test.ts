import { expect, it } from "vitest";
import { readOwnAnnotation, readOwnProperties } from "./own-facts.ts";

const NOTHING = { id: "", isArtifact: false };
const annotation = (comment: string, annotator = "Tool: stratigraph-0.1.0") => [{ annotator, comment }];

it("reads the id and the role that this product writes", () => {
  const properties = [
    { name: "stratigraph:id", value: "/nix/store/x" },
    { name: "stratigraph:role", value: "artifact" },
  ];
  const facts = { id: "/nix/store/x", isArtifact: true };
  expect(readOwnProperties([null, { name: "other" }, ...properties])).toEqual(facts);
  const comment = JSON.stringify({ id: "/nix/store/x", role: "artifact", selfSize: 1 });
  expect(readOwnAnnotation([7, ...annotation("by hand", "Person: A"), ...annotation(comment)])).toEqual(facts);
});

it("reads nothing of any other shape", () => {
  for (const value of [undefined, null, "x", {}, [[]], [{ name: "stratigraph:id", value: 7 }]]) {
    expect(readOwnProperties(value)).toEqual(NOTHING);
    expect(readOwnAnnotation(value)).toEqual(NOTHING);
  }
  for (const comment of ["", "{", "[]", "null", '{"id":7,"role":"x"}', '{"__proto__":{"role":"artifact"}}']) {
    expect(readOwnAnnotation(annotation(comment))).toEqual(NOTHING);
  }
  expect(readOwnAnnotation(annotation('{"id":"x"}', "Tool: other-stratigraph"))).toEqual(NOTHING);
});

it("does not parse a long annotation, which may be a document of its own", () => {
  expect(readOwnAnnotation(annotation(`{"id":"x"${" ".repeat(32_000)}}`))).toEqual({ id: "x", isArtifact: false });
  expect(readOwnAnnotation(annotation(`{"id":"x"${" ".repeat(33_000)}}`))).toEqual(NOTHING);
});
