import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import type { SignatureCheck } from "#lib/model/signature.ts";
import { NodeFacts } from "./neighbours.tsx";

const NODE = {
  id: "/nix/store/00000000000000000000000000000000-a",
  kind: "store",
  name: "a",
  version: "",
  selfSize: 1,
  closureSize: 1,
  retainedSize: 1,
  referenceCount: 0,
  referrerCount: 0,
  live: true,
  root: false,
  nodeIndex: 0,
} as const;

it.each<[SignatureCheck, string]>([
  [{ status: "verified", keyName: "key-1" }, "verified: key-1"],
  [{ status: "wrong", keyName: "key-1" }, "not verified: the signature by key-1 is wrong"],
  [{ status: "unsigned" }, "not verified: it has no signature"],
  [{ status: "no-key" }, "no key: signed, but by none of the given keys"],
])("an item's page says what its signature is worth: %o", (signature, words) => {
  const text = renderToStaticMarkup(<NodeFacts node={{ ...NODE, signature }} />).replace(/<[^>]+>/g, "");
  expect(text).toContain(words);
});

it("and nothing of one that was never in a binary cache", () => {
  expect(renderToStaticMarkup(<NodeFacts node={NODE} />)).not.toContain("signature");
});
