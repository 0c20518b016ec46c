import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { HeldComponent, HeldLayer, Holding, VisibleName } from "#lib/model/holding.ts";
import { EntryKind } from "#lib/model/layer.ts";
import { arbitraryHoldings, componentsOf } from "#testing/builders/holdings.ts";
import { diffArtifacts } from "./diff.ts";
import { diffComponents, type Side } from "./diff-components.ts";
import { countFiles, diffFiles } from "./diff-files.ts";
import { diffLayers } from "./diff-layers.ts";

const pairs = arbitraryHoldings({ min: 2, max: 2 });
const toSide = (holding: Holding): Side => ({ holding, components: componentsOf(holding) });

describe("the components of two artifacts", () => {
  it("are in one row each, whose deltas sum to the difference of the totals", () => {
    fc.assert(
      fc.property(pairs, (holdings) => {
        const [left, right] = holdings.map(toSide) as [Side, Side];
        const { totals, components } = diffArtifacts(left, right);
        for (const side of ["left", "right"] as const) {
          const nodes = components.flatMap((row) => row[side]?.nodeIndex ?? []).sort((a, b) => a - b);
          expect(nodes).toEqual([...(side === "left" ? left : right).components.keys()]);
        }
        expect(components.reduce((sum, { delta }) => sum + delta, 0)).toBe(totals.delta);
        expect(totals.delta).toBe(totals.right - totals.left);
        for (const row of components) expect(row.change === "same" && row.delta !== 0).toBe(false);
      }),
    );
  });

  it("are changed if one side has a file twice and the other two files, as repeated paths in a tar can cause", () => {
    const twice = imageSide([7, 7]);
    const [row] = diffComponents(twice, imageSide([7, 8]));
    expect([row?.change, diffComponents(twice, imageSide([7, 7]))[0]?.change]).toEqual(["changed", "same"]);
  });

  it("are all the same in a comparison with itself", () => {
    fc.assert(
      fc.property(pairs, ([holding]) => {
        const { components, layers } = diffArtifacts(toSide(holding!), toSide(holding!));
        expect(components.every(({ change }) => change === "same")).toBe(true);
        expect(layers.every(({ change }) => change === "same")).toBe(true);
      }),
    );
  });

  it("are matched by identity, by instance path, by version, then in the order of versions", () => {
    const left = closureSide("a 1 x", "a 2", "a 10", "b 1", "gone 1");
    const right = closureSide("a 3", "a 11 x", "a 2", "b 1!", "new 1", "a 12");
    const rows = diffComponents(left, right).map(({ change, left: before, right: after }) => {
      return `${change}: ${before?.id ?? "–"} → ${after?.id ?? "–"}`;
    });
    expect(rows.sort()).toEqual([
      "added: – → a 12",
      "added: – → new 1",
      "changed: a 1 x → a 11 x",
      "changed: a 10 → a 3",
      "changed: b 1 → b 1!",
      "removed: gone 1 → –",
      "same: a 2 → a 2",
    ]);
  });

  it("of an image and a closure are matched by name alone", () => {
    const closure = closureSide("package0 7");
    const [image] = fc.sample(arbitraryHoldings({ min: 1, max: 1, closures: false }), { numRuns: 1, seed: 1 });
    const rows = diffComponents(toSide(image![0]!), closure);
    const joined = rows.find(({ matchedBy }) => matchedBy === "name-alone");
    expect(joined).toMatchObject({ change: "changed", name: "package0", kind: "store" });
    expect(rows.filter(({ change }) => change === "removed")).toHaveLength(4);
  });
});

it("a store item in an image is the item of its path in a store", () => {
  const closure = closureSide("glib 2", "zlib 1");
  const [image] = fc.sample(arbitraryHoldings({ min: 1, max: 1, closures: false }), { numRuns: 1, seed: 1 });
  const items = closure.components.slice(0, 1).map((item) => ({ ...item, componentId: 99, selfSize: 5 }));
  const rows = diffComponents({ ...toSide(image![0]!), components: items }, closure);
  expect(rows.map(({ change, matchedBy, name }) => [name, change, matchedBy])).toEqual([
    ["zlib", "added", null],
    ["glib", "same", "identity"],
  ]);
});

/** A closure of these components, written `name version[!] [instance path]`; a `!` gives another identity. */
/** An image of one component whose bodies have these contents, all at one path. */
function imageSide(contents: readonly number[]): Side {
  const [image] = fc.sample(arbitraryHoldings({ min: 1, max: 1, closures: false }), { numRuns: 1, seed: 1 });
  const column = (value: number) => Int32Array.from(contents, () => value);
  const held = image![0] as Extract<Holding, { kind: "image" }>;
  const bodies = {
    count: contents.length,
    layer: column(0),
    entry: Int32Array.from(contents.keys()),
    byteCount: Float64Array.from(contents),
    contentId: Int32Array.from(contents),
    owner: column(0),
    place: Float64Array.from(column(5)),
  };
  const component: HeldComponent = {
    componentId: 1,
    id: "pkg:deb/debian/a@1",
    kind: "deb",
    name: "a",
    version: "1",
    instancePath: "",
    selfSize: contents.reduce((sum, bytes) => sum + bytes, 0),
  };
  return { holding: { ...held, bodies }, components: [component] };
}

function closureSide(...spelled: readonly string[]): Side {
  const components = spelled.map((id, i): HeldComponent => {
    const [name = "", version = "", instancePath = ""] = id.replace("!", "").split(" ");
    // Path and NAR hash: equal on both sides if the identity is.
    const componentId = Buffer.from(id).reduce((sum, byte) => (31 * sum + byte) % 1e9, 0);
    return { componentId, id, kind: "store", name, version, instancePath, selfSize: 10 * (i + 1) };
  });
  const items = { count: 0, componentId: new Float64Array(0), narSize: new Float64Array(0) };
  return { holding: { kind: "closure", artifactId: 0, items }, components };
}

describe("the layers of two images", () => {
  const layersOf = (ids: readonly number[]) =>
    ids.map(
      (id, i) => ({ diffId: `d${id}`, chainId: `c${ids.slice(0, i + 1)}`, contentSize: id }) as unknown as HeldLayer,
    );

  it("are in one row each: the common prefix, the moved ones, the rest", () => {
    const ids = fc.array(fc.nat(4), { maxLength: 6 });
    fc.assert(
      fc.property(ids, ids, (left, right) => {
        const rows = diffLayers(layersOf(left), layersOf(right));
        expect(rows.flatMap((row) => row.left ?? [])).toEqual([...left.keys()]);
        expect(rows.flatMap((row) => row.right ?? []).sort()).toEqual([...right.keys()]);
        const prefix = rows.filter(({ change }) => change === "same").length;
        expect(left.slice(0, prefix)).toEqual(right.slice(0, prefix));
        expect(left.length > prefix && left[prefix] === right[prefix]).toBe(false);
        for (const { left: before, right: after } of rows) {
          if (before !== null && after !== null) expect(left[before]).toBe(right[after]);
        }
        const kept = (change: string) => rows.filter((row) => row.change === change).map(({ diffId }) => diffId);
        expect(kept("added").filter((diffId) => kept("removed").includes(diffId))).toEqual([]);
      }),
    );
  });

  it("of one software in two orders are moved, not changed", () => {
    expect(diffLayers(layersOf([0, 1, 2]), layersOf([0, 2, 1])).map(({ change }) => change)).toEqual([
      "same",
      "moved",
      "moved",
    ]);
  });
});

describe("the files of two images", () => {
  const name = fc.record({
    path: fc.constantFrom("a", "b", "b/c", "d", "e"),
    kind: fc.constantFrom(EntryKind.file, EntryKind.directory, EntryKind.symlink),
    mode: fc.constantFrom(0o644, 0o755),
    uid: fc.nat(1),
    gid: fc.nat(1),
    byteCount: fc.nat(9),
    contentId: fc.nat(2),
    target: fc.constantFrom("x", "y"),
  });
  const tree = fc.uniqueArray(name, { selector: ({ path }) => path }).map((names) => names.map(toConsistent));

  it("are compared by path, then content, then mode, owner, type and target", () => {
    fc.assert(
      fc.property(tree, tree, (left, right) => {
        const rows = new Map(diffFiles(left, right).map((row) => [row.path, row.change]));
        for (const path of ["a", "b", "b/c", "d", "e"]) {
          expect([path, rows.get(path)]).toEqual([path, toNaiveChange(left, right, path)]);
        }
      }),
    );
  });

  it("are counted by change", () => {
    const [one] = fc.sample(name, { numRuns: 1, seed: 3 });
    const file = { ...one!, kind: EntryKind.file, contentId: 1 };
    const rows = diffFiles(
      [
        { ...file, path: "a" },
        { ...file, path: "b" },
      ],
      [{ ...file, path: "b", mode: 1 }],
    );
    expect(countFiles(rows)).toEqual({ added: 0, removed: 1, content: 0, metadata: 1 });
  });
});

function toConsistent(name: VisibleName): VisibleName {
  if (name.kind === EntryKind.file) return { ...name, target: "" };
  return { ...name, contentId: -1, byteCount: 0, target: name.kind === EntryKind.symlink ? name.target : "" };
}

function toNaiveChange(left: readonly VisibleName[], right: readonly VisibleName[], path: string): string | undefined {
  const [before, after] = [left, right].map((names) => names.find((name) => name.path === path));
  if (before === undefined || after === undefined) {
    const lone = before ?? after;
    if (lone === undefined || lone.kind === EntryKind.directory) return undefined;
    return before === undefined ? "added" : "removed";
  }
  if (before.contentId !== after.contentId) return "content";
  const facts = ({ kind, mode, uid, gid, target }: VisibleName) => JSON.stringify([kind, mode, uid, gid, target]);
  return facts(before) === facts(after) ? undefined : "metadata";
}
