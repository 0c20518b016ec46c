import { cpSync, globSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { zstdDecompressSync } from "node:zlib";
import { beforeAll, describe, expect, it } from "vitest";
import { SUSPECT_PARTS } from "#lib/analysis/suspects.ts";
import { findArtifact } from "#lib/db/queries/find-artifact.ts";
import { targetsOf } from "#lib/graph/graph.ts";
import { type NaiveGraph, naiveReachable } from "#testing/builders/graphs.ts";
import { naiveCutSize } from "#testing/oracles/naive-cut.ts";
import { makeCliSession } from "#testing/run/cli-session.ts";
import { sharedData } from "#testing/run/shared-data.ts";
import { makeTestPlace } from "#testing/run/test-place.ts";
import { answerClasses } from "./classes.ts";
import { answerCuts } from "./cuts.ts";
import { loadKeptGraph } from "./kept/graphs.ts";
import { answerSuspects } from "./suspects.ts";
import { answerWhy } from "./why.ts";

const { runJson: runCliJson } = makeCliSession();

/** Nodes asked about in each artifact. */
const SAMPLES = 12;
/** Paths walked one by one. */
const MAX_WALKED = 2000;

const PROJECT = join(import.meta.dirname, "../..");
const DEBIAN = sharedData("fleet-apt/oci-zstd");
const NIX = sharedData("nix/nixpkgs-15.09-drv/db.sqlite.zst");
const GUIX = sharedData("guix/db.sqlite");

/** Each source by the name of its artifact; `undefined` if its input is missing. */
const SOURCES: Record<string, (folder: string) => string | undefined> = {
  npm: (folder) => `rootfs:${copyPackages(folder)}`,
  "t-nginx": () => DEBIAN && `oci:${DEBIAN}:t-nginx`,
  nix: (folder) => NIX && `nix-store:${unpackStore(folder)}`,
  guix: () => GUIX && `guix-store:${GUIX}`,
};

/** The packages that this project has installed: some hundred, with their dependencies. */
function copyPackages(folder: string): string {
  const files = globSync("node_modules/{*,@*/*}/package.json", { cwd: PROJECT });
  for (const file of files) {
    mkdirSync(join(folder, "npm/app", dirname(file)), { recursive: true });
    cpSync(join(PROJECT, file), join(folder, "npm/app", file));
  }
  cpSync(join(PROJECT, "package.json"), join(folder, "npm/app/package.json"));
  return join(folder, "npm");
}

function unpackStore(folder: string): string {
  const file = join(folder, "db.sqlite");
  writeFileSync(file, zstdDecompressSync(readFileSync(NIX!)));
  return file;
}

describe.each(Object.entries(SOURCES))("the graph of %s", (name, toSource) => {
  const place = makeTestPlace();
  const source = toSource(place.folder);
  let graph: NaiveGraph;
  let roots: number[];
  let sizes: number[];
  let id: number;

  beforeAll(async () => {
    if (source === undefined) return;
    const { url: databaseUrl, pool } = place.database;
    await runCliJson(["scan", source, "--name", name], { databaseUrl });
    ({ id } = await findArtifact(pool, name));
    const kept = await loadKeptGraph(pool, id);
    const edges = kept.nodes.flatMap(({ nodeIndex }) =>
      Array.from(targetsOf(kept.graph, nodeIndex), (to) => [nodeIndex, to] as const),
    );
    graph = { nodeCount: kept.nodes.length, edges };
    roots = kept.nodes.filter(({ root }) => root).map(({ nodeIndex }) => nodeIndex);
    sizes = kept.nodes.map(({ selfSize }) => selfSize);
  }, 120_000);

  const listSamples = () => {
    const step = Math.max(1, Math.floor(graph.nodeCount / SAMPLES));
    return Array.from({ length: SAMPLES }, (_, i) => i * step).filter((node) => node < graph.nodeCount);
  };
  const sumOf = (nodes: Iterable<number>) => [...nodes].reduce((sum, node) => sum + sizes[node]!, 0);

  it.skipIf(source === undefined)(
    "is cut by as few edges as an independent flow finds, which free what they say",
    async () => {
      const all = naiveReachable(graph, roots);
      for (const node of listSamples()) {
        const { size, cuts, isStart } = await answerCuts(place.database.pool, {
          artifactId: id,
          node,
          edgeLimit: Number.POSITIVE_INFINITY,
        });
        expect(isStart).toBe(roots.includes(node));
        if (isStart) continue;
        expect(size).toBe(naiveCutSize(graph, roots, node));
        for (const { edges, frees, freedNodes } of cuts) {
          const gone = new Set(edges.map(({ from, to }) => `${from.nodeIndex},${to.nodeIndex}`));
          expect(gone.size).toBe(size);
          const left = naiveReachable({ ...graph, edges: graph.edges.filter((edge) => !gone.has(`${edge}`)) }, roots);
          expect(left.has(node)).toBe(false);
          expect([frees, freedNodes]).toEqual([sumOf(all.difference(left)), all.size - left.size]);
        }
      }
    },
  );

  it.skipIf(source === undefined)("is divided by its roots as one walk for each root finds", async () => {
    const reach = roots.map((root) => naiveReachable(graph, [root]));
    const expected = Map.groupBy(Array(graph.nodeCount).keys(), (node) =>
      roots.filter((_, i) => reach[i]!.has(node)).join(),
    );
    const { classes, kept } = await answerClasses(place.database.pool, { artifactId: id, limit: 10_000 });
    const byFirst = new Map([...expected].map(([key, nodes]) => [nodes[0]!, { key, nodes }]));
    for (const { key, rootCount, roots: named, size, nodes, live } of classes.rows.filter((row) => row.rootCount > 0)) {
      const found = byFirst.get(key)!;
      const keys = found.key.split(",").map(Number);
      expect([rootCount, nodes, size, live]).toEqual([keys.length, found.nodes.length, sumOf(found.nodes), true]);
      expect(named.map(({ nodeIndex }) => nodeIndex)).toEqual(keys.slice(0, 50));
    }
    expect(classes.rows.filter(({ rootCount }) => rootCount > 0)).toHaveLength(
      [...expected.keys()].filter(Boolean).length,
    );
    expect(kept.byOne + kept.bySeveral + kept.byNone).toBe(sumOf(sizes.keys()));
    expect(kept.byNone).toBe(sumOf(expected.get("") ?? []));
  });

  it.skipIf(source === undefined)("has the suspects that removing each node finds", async () => {
    const { suspects, total } = await answerSuspects(place.database.pool, { id });
    const all = sumOf(naiveReachable(graph, roots));
    expect(total).toBe(all);
    const freed = sumFreedByEach(graph, { roots, sizes });
    const isLarge = (node: number) => freed[node]! * SUSPECT_PARTS >= all;
    const ids = (await loadKeptGraph(place.database.pool, id)).nodes.map((node) => node.id);
    const singles = new Map(
      suspects.filter(({ family }) => family === undefined).map((each) => [each.nodes[0]!, each]),
    );
    for (const [nodeId, { retainedSize, path }] of singles) {
      const node = ids.indexOf(nodeId);
      expect([retainedSize, isLarge(node)]).toEqual([freed[node], true]);
      expect([roots.includes(path[0]!.nodeIndex), path.at(-1)!.nodeIndex]).toEqual([true, node]);
    }
    // Any other node that keeps a tenth has more than half of what one above it keeps.
    for (const node of freed.keys()) {
      if (!isLarge(node) || singles.has(ids[node]!)) continue;
      const left = [...freed.keys()].filter((other) => other !== node && freed[other]! >= freed[node]!);
      expect(left.some((other) => isLarge(other) && freed[node]! * 2 > freed[other]!)).toBe(true);
    }
    for (const { nodes, retainedSize } of suspects.filter(({ family }) => family !== undefined)) {
      const gone = new Set(nodes.map((nodeId) => ids.indexOf(nodeId)));
      const stays = naiveReachable(graph, roots, (node) => !gone.has(node));
      expect(retainedSize).toBe(all - sumOf(stays));
    }
  });

  it.skipIf(source === undefined)("has as many paths as walking them one by one finds", async () => {
    let walked = 0;
    for (const node of listSamples()) {
      const why = await answerWhy(place.database.pool, { artifactId: id, node, limit: 0, pathLimit: 1 });
      const { count, exact } = why.pathCount;
      if (!exact || count > MAX_WALKED) continue;
      expect(countPathsTo(graph, roots, node)).toBe(count);
      walked++;
    }
    expect(walked).toBeGreaterThan(0);
  });
});

/** By node: bytes that the roots reach no more without it; 0 for unreached ones. One walk for each node. */
function sumFreedByEach({ nodeCount, edges }: NaiveGraph, given: { roots: number[]; sizes: number[] }): number[] {
  const next: number[][] = Array.from({ length: nodeCount }, () => []);
  for (const [from, to] of edges) next[from]!.push(to);
  const sumWithout = (gone: number) => {
    const seen = new Set(given.roots.filter((root) => root !== gone));
    let sum = 0;
    // A set iterates over what is added on the way.
    for (const node of seen) {
      sum += given.sizes[node]!;
      for (const to of next[node]!) if (to !== gone) seen.add(to);
    }
    return sum;
  };
  const all = sumWithout(-1);
  return Array.from({ length: nodeCount }, (_, node) => all - sumWithout(node));
}

/** Backwards from the target over all simple paths; there are few. */
function countPathsTo({ nodeCount, edges }: NaiveGraph, roots: readonly number[], target: number): number {
  const reached = naiveReachable({ nodeCount, edges }, roots);
  const backwards = edges.filter(([from]) => reached.has(from)).map(([from, to]) => [to, from] as const);
  const before = Map.groupBy(backwards, ([to]) => to);
  const starts = new Set(roots);
  let count = 0;
  const walk = (node: number, path: ReadonlySet<number>) => {
    if (starts.has(node)) count++;
    for (const [, from] of before.get(node) ?? []) if (!path.has(from)) walk(from, new Set([...path, from]));
  };
  walk(target, new Set([target]));
  return count;
}
