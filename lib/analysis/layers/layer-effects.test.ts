import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { squash } from "#lib/ingest/squash/squash.ts";
import { EntryKind } from "#lib/model/layer.ts";
import type { LayerFile } from "#lib/model/layer-files.ts";
import { type LayerListing, listedPath } from "#lib/model/layer-listing.ts";
import { buildListing } from "#testing/builders/listings.ts";
import { computeLayerFiles, directoriesAbove } from "./layer-effects.ts";
import { computeLayerFigures } from "./layer-figures.ts";

function filesOf(listings: readonly LayerListing[], layer: number): LayerFile[] {
  const entries = listings.flatMap((listing, position) =>
    Array.from(listing.kind, (kind, ordinal) => ({
      layer: position,
      ordinal,
      path: listedPath(listing, ordinal),
      kind: kind as EntryKind,
      bytes: listing.byteCount[ordinal]!,
      target: listing.link(ordinal),
      contentId: kind === EntryKind.file ? listing.byteCount[ordinal]! : -1,
    })),
  );
  const own = entries.filter((entry) => entry.layer === layer);
  const others = entries.filter((entry) => entry.layer !== layer);
  const paths = new Set(own.map(({ path }) => path));
  const above = new Set(own.flatMap(({ path }) => [...directoriesAbove(path)]));
  const { wasted } = squash(listings);
  const bodies = Array.from({ length: wasted.count }, (_, i) => wasted.at(i));
  return computeLayerFiles({
    layer,
    own,
    same: others.filter(({ path }) => paths.has(path)),
    ends: others.filter(({ path, kind }) => above.has(path) && kind !== EntryKind.directory),
    directories: others
      .filter(({ kind }) => kind < EntryKind.whiteout)
      .map(({ layer: position, path }) => ({
        layer: position,
        path: path.slice(0, Math.max(0, path.lastIndexOf("/"))),
      })),
    wasted: bodies.map(({ byteCount, ...body }) => ({ ...body, bytes: byteCount })),
  });
}

const briefly = (layers: readonly (readonly string[])[], layer: number) =>
  filesOf(
    layers.map((lines) => buildListing(...lines)),
    layer,
  ).map(({ path, deed, from, hiddenBy, bytes, hiddenBytes }) => ({ path, deed, from, hiddenBy, bytes, hiddenBytes }));

const rest = { from: -1, hiddenBy: -1, hiddenBytes: 0 };

describe("what a layer does", () => {
  it("adds and changes files, and leaves directories that were there", () => {
    expect(
      briefly(
        [
          ["a/", "a/x 1"],
          ["a/", "a/x 2", "a/y 3"],
        ],
        1,
      ),
    ).toEqual([
      { ...rest, path: "a", deed: "kept", from: 0, bytes: 0 },
      { ...rest, path: "a/x", deed: "changed", from: 0, bytes: 2 },
      { ...rest, path: "a/y", deed: "added", bytes: 3 },
    ]);
  });

  it("removes files under a whiteout, and says which layer had each", () => {
    expect(briefly([["a/", "a/x 1"], ["a/y 2"], ["- a"]], 2)).toEqual([
      { ...rest, path: "a/y", deed: "removed", from: 1, bytes: 2 },
      { ...rest, path: "a/x", deed: "removed", from: 0, bytes: 1 },
    ]);
  });

  it("lists a whiteout of a link, which frees nothing", () => {
    expect(briefly([["x 1", "l -> x"], ["- l"]], 1)).toEqual([
      { ...rest, path: "l", deed: "removed", from: 0, bytes: 0 },
    ]);
  });

  it("adds again what a layer in between removed", () => {
    expect(briefly([["x 1"], ["- x"], ["x 2"]], 2)).toEqual([{ ...rest, path: "x", deed: "added", bytes: 2 }]);
  });
});

describe("what becomes of it", () => {
  it("is hidden by the first layer that removes or replaces it", () => {
    const hidden = (layers: string[][]) => briefly(layers, 0)[0];
    expect(hidden([["x 1"], ["y 1"], ["x 2"], ["- x"]])).toMatchObject({ hiddenBy: 2, hiddenBytes: 1 });
    expect(hidden([["d/x 1"], ["-- d"]])).toMatchObject({ hiddenBy: 1, hiddenBytes: 1 });
    expect(hidden([["d/x 1"], ["d 5"]])).toMatchObject({ hiddenBy: 1, hiddenBytes: 1 });
    expect(hidden([["d/x 1"], ["-- "]])).toMatchObject({ hiddenBy: 1, hiddenBytes: 1 });
  });

  it("is not hidden as a directory that a later layer contains again", () => {
    expect(
      briefly(
        [
          ["d/", "d/x 1"],
          ["d/", "d/y 1"],
        ],
        0,
      )[0],
    ).toMatchObject({ path: "d", hiddenBy: -1 });
  });

  it("hides the earlier of two entries of one path by its own layer", () => {
    expect(briefly([["x 10", "x 20"]], 0)).toMatchObject([{ hiddenBy: 0, hiddenBytes: 10 }, { hiddenBy: -1 }]);
  });

  it("wastes no bytes while another name leads to the body", () => {
    expect(briefly([["x 10", "y = x"], ["- x"]], 0)).toMatchObject([{ hiddenBy: 1, hiddenBytes: 0 }, { hiddenBy: -1 }]);
  });
});

const name = fc.constantFrom("a", "b", "c");
const path = fc.array(name, { minLength: 1, maxLength: 3 }).map((parts) => parts.join("/"));
const line = fc.oneof(
  fc.tuple(path, fc.integer({ min: 1, max: 9 })).map(([at, bytes]) => `${at} ${bytes}`),
  path.map((at) => `${at}/`),
  path.map((at) => `- ${at}`),
  path.map((at) => `-- ${at}`),
  fc.tuple(path, path).map(([at, to]) => `${at} -> ${to}`),
);
// In a tar that repeats itself, entries replace others of their own layer: the cases above have that.
const lines = fc.uniqueArray(line, { maxLength: 6, selector: (text) => text.replace(/^-+ |[ /].*$/g, "") });
const images = fc.array(lines, { minLength: 1, maxLength: 5 });

describe("on random layers, as the squash of a scan has them", () => {
  it("names the first squash in which an entry is not seen any more", () => {
    fc.assert(
      fc.property(images, (made) => {
        const listings = made.map((each) => buildListing(...each));
        for (let layer = 0; layer < made.length; layer++) {
          for (const file of filesOf(listings, layer)) {
            if (file.kind === EntryKind.directory || file.deed === "removed") continue;
            expect(file.hiddenBy, `${layer} ${file.path}`).toBe(firstWithout(listings, layer, file.ordinal));
          }
        }
      }),
      { numRuns: 400 },
    );
  });

  it("calls a file changed if the layers below show its path", () => {
    fc.assert(
      fc.property(images, (made) => {
        const listings = made.map((each) => buildListing(...each));
        for (let layer = 0; layer < made.length; layer++) {
          const before = squash(listings.slice(0, layer)).tree.names;
          const paths = new Set(before.map((node) => node.path));
          for (const file of filesOf(listings, layer)) {
            if (file.kind !== EntryKind.directory && file.deed !== "removed")
              expect(file.deed, `${layer} ${file.path}`).toBe(paths.has(file.path) ? "changed" : "added");
          }
        }
      }),
      { numRuns: 400 },
    );
  });

  it("sums to the layer's content and to the image's waste", () => {
    fc.assert(
      fc.property(images, (made) => {
        const listings = made.map((each) => buildListing(...each));
        const figures = listings.map((_, layer) => computeLayerFigures(filesOf(listings, layer)));
        for (const [layer, { added, changed }] of figures.entries())
          expect(added.bytes + changed.bytes).toBe(listings[layer]!.contentSize);
        const { wasted } = squash(listings);
        const bytes = Array.from({ length: wasted.count }, (_, i) => wasted.at(i).byteCount);
        expect(figures.reduce((sum, { hidden }) => sum + hidden.bytes, 0)).toBe(bytes.reduce((a, b) => a + b, 0));
      }),
      { numRuns: 400 },
    );
  });
});

/** The position of the first layer with which a container does not see the entry; -1 if there is none. */
function firstWithout(listings: readonly LayerListing[], layer: number, ordinal: number): number {
  for (let top = layer; top < listings.length; top++) {
    const { names } = squash(listings.slice(0, top + 1)).tree;
    if (!names.some((node) => node.layer === layer && node.entry === ordinal)) return top;
  }
  return -1;
}
