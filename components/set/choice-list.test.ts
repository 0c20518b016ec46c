import { expect, it } from "vitest";
import type { Choice, Choices } from "#lib/views/choose-set.ts";
import { entryKey, listParts } from "./choice-list.tsx";

const choice = (name: string): Choice => ({
  text: name,
  name,
  otherNames: [],
  kind: "image",
  manifestOnly: false,
  digest: `sha256:${name}`,
  bytes: 1,
});
const choices = (...names: string[]): Choices => ({ choices: names.map(choice), groups: [], matching: names.length });
const pattern = { kind: "pattern", label: "m-*", texts: ["m-a", "m-b"], names: [], count: 2 } as const;
const opening = { ...choices("m-a", "m-b", "web", "webber"), groups: [pattern] };

function listed(texts: string[], typed: string, found: Choices, withSets = true) {
  const parts = listParts({ texts, typed, found, opening, withSets });
  return parts.map(({ heading, entries }) => [heading, ...entries.map(entryKey)]);
}

it("lists matches first, the typed name on top, then the rest, and nothing that is selected", () => {
  expect(listed(["m-a"], "web", choices("webber", "web"))).toEqual([
    ["Images, closures and SBOMs", "web", "webber"],
    ["Everything else", "m-b"],
  ]);
});

it("lists sets first for a pattern, and no set whose members are all selected", () => {
  const found = { ...choices("m-a", "m-b"), groups: [pattern] };
  expect(listed([], "m-*", found)[0]).toEqual(["Several at once", "pattern m-*"]);
  expect(listed(["m-a", "m-b"], "m-*", found)).toEqual([]);
});

it("lists nothing that Enter could add by mistake if nothing matches", () => {
  expect(listed([], "zzzz", choices())).toEqual([]);
});
