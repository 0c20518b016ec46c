import { expect, it } from "vitest";
import { artifactPath, candidatePath, graphPath, whyPath, withQuery } from "./paths.ts";

const digest = `sha256:${"ab12".repeat(16)}`;

it("addresses an artifact by its digest", () => {
  expect(artifactPath(digest)).toBe("/artifacts/ab12ab12ab12");
  expect(graphPath(digest)).toBe("/artifacts/ab12ab12ab12/graph");
  expect(graphPath(digest, 7)).toBe("/artifacts/ab12ab12ab12/graph?view=focus&node=7");
  expect(whyPath(digest, 7)).toBe("/artifacts/ab12ab12ab12/why/7");
});

it("links a candidate of an ambiguous name to its page", () => {
  expect(candidatePath(`team/api 2 ${digest}`)).toBe("/artifacts/ab12ab12ab12");
});

it("leaves out what is not set and repeats what is a list", () => {
  expect(withQuery("/", { q: "", sort: undefined })).toBe("/");
  expect(withQuery("/x", { open: ["usr", "a,b&c"], limit: 50 })).toBe("/x?open=usr&open=a,b%26c&limit=50");
});
