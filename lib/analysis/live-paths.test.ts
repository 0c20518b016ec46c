import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { arbitraryGraph, graphOf, naiveReachable } from "#testing/builders/graphs.ts";
import { readStore, withStore } from "#testing/builders/store-database.ts";
import { sharedData } from "#testing/run/shared-data.ts";
import { computeLive } from "./live-paths.ts";

const GUIX_STORE = sharedData("guix/db.sqlite");
const NIX_STORE = sharedData("nix/mini-db/db.sqlite");
const STORE_PATH = /\/(?:gnu|nix)\/store\/[^\s/]+/g;

describe("computeLive", () => {
  it("keeps everything that roots reach, its derivers, and everything those reach, to a fixpoint", () => {
    fc.assert(
      fc.property(arbitraryGraph(), fc.array(fc.nat(20), { minLength: 14, maxLength: 14 }), (random, picks) => {
        const deriver = Int32Array.from({ length: random.nodeCount }, (_, node) =>
          picks[node]! < random.nodeCount ? picks[node]! : -1,
        );
        const live = computeLive({ graph: random.graph, roots: random.roots, deriver });
        let expected = naiveReachable(random, random.roots);
        for (let before = -1; before !== expected.size; ) {
          before = expected.size;
          const derivers = [...expected].map((node) => deriver[node]!).filter((node) => node >= 0);
          expected = naiveReachable(random, [...expected, ...derivers]);
        }
        expect([...live]).toEqual([...live].map((_, node) => (expected.has(node) ? 1 : 0)));
      }),
    );
  });

  it("keeps nothing without a root", () => {
    expect([...computeLive({ graph: graphOf(2, [[0, 1]]), roots: [], deriver: Int32Array.of(1, -1) })]).toEqual([0, 0]);
  });
});

describe.skipIf(GUIX_STORE === undefined)("computeLive, on a Guix store", () => {
  it("keeps and drops what guix gc lists as live and dead", () => {
    const { live, dead } = collect("guix/db.sqlite", "guix/images.txt");
    expect(live).toEqual(listPaths("guix/guix-mini.gc-live.txt"));
    expect(dead).toEqual(listPaths("guix/guix-mini.gc-dead.txt"));
  });
});

describe.skipIf(NIX_STORE === undefined)("computeLive, on a Nix store", () => {
  it("drops what nix-store --gc --print-dead lists, and keeps every other path of nix path-info --all", () => {
    const { live, dead } = collect("nix/mini-db/db.sqlite", "nix/mini-db/nix-mini.gc-roots.txt");
    const knownDead = listPaths("nix/mini-db/nix-mini.gc-dead.txt");
    const infos = JSON.parse(readFileSync(sharedData("nix/mini-db/nix-mini.path-info.all-S.json")!, "utf8")) as object;
    expect(dead).toEqual(knownDead);
    expect(live).toEqual(
      Object.keys(infos)
        .filter((path) => !knownDead.includes(path))
        .sort(),
    );
  });
});

function collect(database: string, rootsFile: string) {
  const store = withStore(readFileSync(sharedData(database)!), readStore);
  const roots = listPaths(rootsFile).map((path) => store.paths.indexOf(path));
  const live = computeLive({ graph: graphOf(store.nodeCount, store.edges), roots, deriver: store.deriver });
  return {
    live: store.paths.filter((_, node) => live[node] === 1),
    dead: store.paths.filter((_, node) => live[node] === 0),
  };
}

function listPaths(file: string): string[] {
  return [...readFileSync(sharedData(file)!, "utf8").matchAll(STORE_PATH)].map((match) => match[0]).sort();
}
