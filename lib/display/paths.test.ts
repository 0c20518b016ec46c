import { expect, it } from "vitest";
import { artifactPath, candidatePath, graphPath, nodeText, whyPath, withQuery } from "./paths.ts";

const digest = `sha256:${"ab12".repeat(16)}`;

it("addresses an artifact by its digest", () => {
  expect(artifactPath(digest)).toBe("/artifacts/ab12ab12ab12");
  expect(graphPath(digest)).toBe("/artifacts/ab12ab12ab12/graph");
  expect(whyPath(digest, 7)).toBe("/artifacts/ab12ab12ab12/why/7");
});

it("names a node by what another scan keeps, unless that is too long or looks like an index", () => {
  const zlib = { nodeIndex: 7, id: "pkg:deb/debian/zlib1g@1.3?arch=amd64" };
  expect(graphPath(digest, zlib)).toBe(
    "/artifacts/ab12ab12ab12/graph?view=focus&node=pkg:deb/debian/zlib1g%401.3%3Farch%3Damd64",
  );
  expect(whyPath(digest, zlib)).toBe("/artifacts/ab12ab12ab12/why/pkg%3Adeb%2Fdebian%2Fzlib1g%401.3%3Farch%3Damd64");
  for (const id of ["", "12", `pkg:npm/a#${"node_modules/".repeat(40)}a`])
    expect(nodeText({ nodeIndex: 7, id })).toBe("7");
});

it("links a candidate of an ambiguous name to its page", () => {
  expect(candidatePath(`team/api 2 ${digest}`)).toBe("/artifacts/ab12ab12ab12");
});

it("leaves out what is not set and repeats what is a list", () => {
  expect(withQuery("/", { q: "", sort: undefined })).toBe("/");
  expect(withQuery("/x", { open: ["usr", "a,b&c"], limit: 50 })).toBe("/x?open=usr&open=a,b%26c&limit=50");
});
