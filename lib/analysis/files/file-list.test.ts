import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { IMAGE_FILE_SORTS, type ImageFile, type ImageFileFilter } from "#lib/model/image-files.ts";
import { FileList } from "./file-list.ts";

const NAMES = ["libz", "app", "Zeta"];
/** Place of each name in their order. */
const nameRank = Int32Array.from(NAMES, (name) => NAMES.toSorted().indexOf(name));
const LAYERS = 3;
const FILTER: ImageFileFilter = {
  text: "",
  layer: undefined,
  hidden: false,
  sort: "bytes",
  direction: "desc",
  offset: 0,
  limit: 1000,
};
const arbitraryFiles = fc.array(
  fc.record({
    path: fc.constantFrom("usr/bin/a", "usr/bin/B", "usr/lib/ä", "etc/b", "root"),
    bytes: fc.nat(3),
    layer: fc.nat(LAYERS - 1),
    owner: fc.integer({ min: -1, max: NAMES.length - 1 }),
  }),
  { maxLength: 25 },
);
type Drawn = typeof arbitraryFiles extends fc.Arbitrary<infer Files> ? Files : never;
const latin1 = (text: string) => Buffer.from(text).toString("latin1");

function listOf(files: Drawn): FileList {
  const byLayer = Array.from({ length: LAYERS }, (_, layer) => files.filter((file) => file.layer === layer));
  const list = new FileList({
    owners: Int32Array.from(byLayer.flat(), ({ owner }) => owner),
    entryCounts: byLayer.map(({ length }) => length),
    nameRank,
    wasted: [{ path: "usr/lib/ä", layer: 0, hiddenBy: 2 }],
  });
  for (const [layer, own] of byLayer.entries()) {
    for (const [entry, { path, bytes }] of own.entries()) {
      list.add(layer, { entry, path: latin1(path), byteCount: bytes, contentId: 1 });
    }
  }
  return list;
}

const keyOf: Record<ImageFileFilter["sort"], (file: ImageFile) => number | string> = {
  bytes: ({ bytes }) => bytes,
  waste: ({ waste }) => waste,
  path: ({ path }) => latin1(path),
  owner: ({ owner }) => NAMES[owner] ?? "",
  layer: ({ layer }) => layer,
};

describe("a list of all files", () => {
  it("has what a naive filter finds, with its bytes, and pages that make up the whole", () => {
    const arbitraryFilter = fc.record({
      text: fc.constantFrom("", "/usr", "B", "ä", "none"),
      layer: fc.option(fc.nat(LAYERS - 1), { nil: undefined }),
      hidden: fc.boolean(),
      sort: fc.constantFrom(...IMAGE_FILE_SORTS),
      direction: fc.constantFrom("asc" as const, "desc" as const),
    });
    fc.assert(
      fc.property(arbitraryFiles, arbitraryFilter, (files, filter) => {
        const list = listOf(files);
        const naive = files.filter(
          ({ path, layer, owner }) =>
            `/${path}`.toLowerCase().includes(filter.text.toLowerCase()) &&
            layer === (filter.layer ?? layer) &&
            (!filter.hidden || owner === -1),
        );
        const { rows, matching, matchingBytes } = list.select({ ...FILTER, ...filter });
        const write = ({ path, bytes, layer, owner }: Pick<ImageFile, "path" | "bytes" | "layer" | "owner">) =>
          `${path} ${bytes} ${layer} ${owner}`;
        expect(rows.map(write).sort()).toEqual(naive.map(write).sort());
        expect([matching, matchingBytes]).toEqual([naive.length, naive.reduce((sum, { bytes }) => sum + bytes, 0)]);
        const keys = rows.map(keyOf[filter.sort]);
        const sorted = keys.toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0));
        expect(keys).toEqual(filter.direction === "asc" ? sorted : sorted.toReversed());
        const pages = [0, 7, 14, 21].flatMap((offset) => list.select({ ...FILTER, ...filter, offset, limit: 7 }).rows);
        expect(pages).toEqual(rows);
      }),
      { numRuns: 500 },
    );
  });

  it("says what hides a file, and that a link has no bytes of its own", () => {
    const list = new FileList({
      owners: Int32Array.of(-1, 0, 0),
      entryCounts: [2, 0, 1],
      nameRank,
      wasted: [{ path: "usr/lib/ä", layer: 0, hiddenBy: 2 }],
    });
    list.add(0, { entry: 0, path: latin1("usr/lib/ä"), byteCount: 9, contentId: 4 });
    list.add(0, { entry: 1, path: "link", byteCount: 9, contentId: -1 });
    list.add(2, { entry: 0, path: latin1("usr/lib/ä"), byteCount: 5, contentId: 5 });
    expect(list.select(FILTER).rows).toEqual([
      { path: "usr/lib/ä", bytes: 9, layer: 0, owner: -1, waste: 9, hiddenBy: 2 },
      { path: "usr/lib/ä", bytes: 5, layer: 2, owner: 0, waste: 0, hiddenBy: null },
      { path: "link", bytes: 0, layer: 0, owner: 0, waste: 0, hiddenBy: null },
    ]);
    expect(list.count).toBe(3);
  });
});
