import { readFileSync } from "node:fs";
import { zstdDecompressSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { arbitraryGraph, naiveReachable, naiveRetained, sumOf } from "#testing/builders/graphs.ts";
import { readStore, snapshotOf, withStore } from "#testing/builders/store-database.ts";
import { sharedData } from "#testing/run/shared-data.ts";
import { measure } from "./measure.ts";

const DRV_STORE = sharedData("nix/nixpkgs-15.09-drv/db.sqlite.zst");
const GUIX_STORE = sharedData("guix/db.sqlite");

describe("measure", () => {
  it("agrees with the definitions on any graph", () => {
    fc.assert(
      fc.property(arbitraryGraph(), (random) => {
        const measures = measure(snapshotOf(random));
        const roots = [...measures.root.keys()].filter((node) => measures.root[node] === 1);
        const distinct = [...new Set(random.edges.map((edge) => edge.join()))].map((pair) =>
          pair.split(",").map(Number),
        );
        for (let node = 0; node < random.nodeCount; node++) {
          expect(measures.closureSize[node]).toBe(sumOf(naiveReachable(random, [node]), random.weights));
          expect(measures.retainedSize[node]).toBe(sumOf(naiveRetained(random, roots, node), random.weights));
          expect(measures.referenceCount[node]).toBe(distinct.filter(([from]) => from === node).length);
          expect(measures.referrerCount[node]).toBe(distinct.filter(([, to]) => to === node).length);
        }
        expect(roots).toEqual(expect.arrayContaining([...random.roots]));
        expect(measures.total).toEqual({
          nodes: random.nodeCount,
          edges: distinct.length,
          bytes: sumOf(random.weights.keys(), random.weights),
        });
      }),
    );
  });

  it("keeps the strongest evidence of a repeated edge", () => {
    const edges = { from: Int32Array.of(0, 0, 1), to: Int32Array.of(1, 1, 0), evidence: Uint8Array.of(2, 0, 1) };
    const snapshot = snapshotOf({ nodeCount: 2, edges: [], weights: Float64Array.of(1, 1), roots: [] });
    const measures = measure({ ...snapshot, edges: { ...snapshot.edges, ...edges } });
    expect([...measures.evidence]).toEqual([0, 1]);
  });
});

describe.skipIf(DRV_STORE === undefined)("measure, on 4,980 paths of nixpkgs", () => {
  it("has the closure sizes of nix path-info", () => {
    const infos = readPathInfos("nix/nixpkgs-15.09-drv/path-info.all-S.json.zst");
    const store = withStore(zstdDecompressSync(readFileSync(DRV_STORE!)), readStore);
    const { closureSize, referenceCount } = measure(snapshotOf({ ...store, roots: [] }));
    expect(store.nodeCount).toBe(4980);
    const wrong = store.paths.filter((path, node) => infos.get(path)?.closureSize !== closureSize[node]);
    expect(wrong).toEqual([]);
    const miscounted = store.paths.filter((path, node) => infos.get(path)?.references.length !== referenceCount[node]);
    expect(miscounted).toEqual([]);
  });
});

describe.skipIf(GUIX_STORE === undefined)("measure, on a Guix store", () => {
  it("agrees with guix size", () => {
    const store = withStore(readFileSync(GUIX_STORE!), readStore);
    const { closureSize } = measure(snapshotOf({ ...store, roots: [] }));
    const lines = readFileSync(sharedData("guix/guix-mini.size.m-sqlite.txt")!, "utf8").split("\n");
    const printed = lines.filter((line) => line.startsWith("/gnu/store/")).map((line) => line.trim().split(/\s+/));
    expect(printed.length).toBe(13);
    for (const [path, total, self] of printed) {
      const node = store.paths.indexOf(path!);
      expect([path, toMebibytes(closureSize[node]!), toMebibytes(store.weights[node]!)]).toEqual([path, total, self]);
    }
    const root = store.paths.findIndex((path) => path.endsWith("-image-m-sqlite"));
    expect(lines.find((line) => line.startsWith("total:"))).toBe(`total: ${toMebibytes(closureSize[root]!)} MiB`);
  });
});

const toMebibytes = (bytes: number) => (bytes / 2 ** 20).toFixed(1);

interface PathInfo {
  path?: string;
  closureSize: number;
  references: string[];
}

function readPathInfos(file: string): Map<string, PathInfo> {
  const infos: PathInfo[] | Record<string, PathInfo> = JSON.parse(
    zstdDecompressSync(readFileSync(sharedData(file)!)).toString(),
  );
  if (Array.isArray(infos)) return new Map(infos.map((info) => [info.path ?? "", info]));
  return new Map(Object.entries(infos));
}
