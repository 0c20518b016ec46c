import { expect, it } from "vitest";
import { EntryKind } from "#lib/model/layer.ts";
import { computePathHistory } from "./path-history.ts";

const entry = (layer: number, path: string, kind: EntryKind = EntryKind.file, contentId = layer) => ({
  layer,
  path,
  kind,
  contentId,
});

const briefly = (entries: Parameters<typeof computePathHistory>[1]) =>
  computePathHistory("a/x", entries).map(
    ({ layer, deed, because, isSameContent }) => `${layer} ${deed} ${because}${isSameContent ? "same" : ""}`,
  );

it("follows a path through the layers", () => {
  const { whiteout, opaqueWhiteout, directory } = EntryKind;
  expect(
    briefly([
      entry(0, "a/x"),
      entry(0, "a", directory),
      entry(1, "a/x", EntryKind.file, 0),
      entry(2, "a/x", whiteout),
      entry(3, "a/x"),
      entry(4, "a", opaqueWhiteout),
      entry(5, "a/x"),
      entry(6, "a/x"),
      entry(6, "a", opaqueWhiteout),
      entry(7, "a"),
    ]),
  ).toEqual([
    "0 added ",
    "1 changed same",
    "2 removed ",
    "3 added ",
    "4 removed a",
    "5 added ",
    "6 changed ",
    "7 removed a",
  ]);
});

it("does not list the whiteout of a path that is not there", () => {
  expect(briefly([entry(0, "a/x", EntryKind.whiteout), entry(1, "a/x")])).toEqual(["1 added "]);
});
