import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, type Page, test } from "@playwright/test";
import { buildSampleImages } from "#lib/sources/samples/build-samples.ts";
import { generateStoreRows, writeGeneratedStore } from "#testing/builders/store.ts";
import { SAMPLES, startProduct, waitForArtifacts } from "./start-server.ts";

// Do commands, pages, CSV files and reports show the same figures, of images and of closures?

const STORE = { seed: 3, pathCount: 60, referenceCount: 240, flavour: "nix" } as const;
const IMAGES = ["sample-web", "sample-api"] as const;
const CLOSURES = ["closure/one", "closure/two"] as const;
const RUNGS = ["chain", "layer", "live", "package", "file", "chunk"];

// One server and one database for all of them.
test.describe.configure({ mode: "default" });

let home: string;
let server: Awaited<ReturnType<typeof startProduct>>;
const env = () => ({ ...process.env, STRATIGRAPH_DATA: home });

/** The command's JSON. */
function ask<Answer>(...args: string[]): Answer {
  const run = spawnSync(process.execPath, ["bin/stratigraph.mjs", ...args, "--json"], { encoding: "utf8", env: env() });
  expect([run.status, run.stderr]).toEqual([0, expect.any(String)]);
  return JSON.parse(run.stdout);
}

/** The records of a CSV file of the pages, by their headings. No cell here has a comma or a quote. */
async function read(path: string): Promise<Record<string, string>[]> {
  const response = await fetch(server.url + path);
  expect([path, response.status]).toEqual([path, 200]);
  const [head, ...rows] = (await response.text()).trim().split("\r\n");
  return rows.map((row) => Object.fromEntries(row.split(",").map((cell, i) => [head!.split(",")[i]!, cell])));
}

/** The answer that a new report of this question stores. */
async function keep<Answer>(...args: string[]): Promise<Answer> {
  const { id } = ask<{ id: string }>("report", ...args);
  return (await (await fetch(`${server.url}/r/${id}/export/json`)).json()).answer;
}

/** The exact figures of the page's table with this name, row by row. */
async function readTable(page: Page, path: string, name: string): Promise<number[][]> {
  await page.goto(server.url + path);
  const rows = page.getByRole("region", { name, exact: true }).locator("tbody tr");
  await expect(rows.first()).toBeVisible();
  return rows.evaluateAll((all) =>
    all.map((row) => Array.from(row.querySelectorAll("data"), (figure) => Number(figure.value))),
  );
}

const text = (value: unknown) => (value === null || value === undefined ? "" : String(value));

test.beforeAll(async () => {
  test.setTimeout(180_000);
  home = mkdtempSync(join(tmpdir(), "stratigraph-answers-"));
  const root = join(home, "store");
  mkdirSync(join(root, "nix/var/nix/db"), { recursive: true });
  writeGeneratedStore(join(root, "nix/var/nix/db/db.sqlite"), STORE);
  server = await startProduct(["up", `oci:${await buildSampleImages(home)}`], { STRATIGRAPH_DATA: home });
  await waitForArtifacts(server.url, SAMPLES);
  const paths = generateStoreRows(STORE).map(({ path }) => path);
  for (const [i, name] of CLOSURES.entries()) {
    ask("scan", `nix-store:${root}`, "--root", paths[paths.length - 2 - i]!, "--name", name);
  }
});

test.afterAll(async () => {
  await server.stop();
  rmSync(home, { recursive: true, force: true });
});

interface Side {
  id: string;
  version: string;
  bytes: number;
}

interface Diff {
  totals: object;
  components: { change: string; kind: string; name: string; left: Side | null; right: Side | null; delta: number }[];
  layers: { change: string; diffId: string; contentSize: number; left: number | null; right: number | null }[];
  files: { available: boolean; added: number; removed: number; changed: number; metadata: number };
  fileChanges?: { change: string; path: string; left: Side | null; right: Side | null }[];
}

for (const [left, right] of [IMAGES, CLOSURES, [IMAGES[0], CLOSURES[0]]] as const) {
  test(`what changed from ${left} to ${right}`, async ({ page }) => {
    const query = `?a=${left}&b=${right}`;
    const printed = ask<Diff>("diff", left, right);
    const components = printed.components.map(({ change, name, left: a, right: b, delta }) =>
      [change, name, a?.id, a?.bytes, b?.id, b?.bytes, delta].map(text),
    );
    expect(components.length).toBeGreaterThan(3);
    const rows = await read(`/compare/components.csv${query}`);
    expect(
      rows.map((row) => [row.change, row.name, row.leftId, row.leftBytes, row.rightId, row.rightBytes, row.delta]),
    ).toEqual(components);

    const shown = await readTable(
      page,
      `/compare${query}&rows=100&change=changed&change=added&change=removed`,
      "Components on both sides",
    );
    const changed = printed.components.filter(({ change }) => change !== "same").slice(0, shown.length);
    expect(shown.map((figures) => figures.at(-1))).toEqual(changed.map(({ delta }) => delta));

    const kept = await keep<Diff & { files: { counts: Record<string, number>; changes: unknown[] } | null }>(
      "diff",
      left,
      right,
    );
    expect(kept.totals).toEqual(printed.totals);
    expect(kept.components).toEqual(printed.components);
    expect(kept.layers).toEqual(printed.layers);
    const { available, added, removed, changed: content, metadata } = printed.files;
    expect(kept.files === null ? null : kept.files.counts).toEqual(
      available ? { added, removed, content, metadata } : null,
    );
    if (available) {
      const files = await read(`/compare/files.csv${query}`);
      const byPath = files.toSorted((a, b) => (a.path! < b.path! ? -1 : 1));
      expect(byPath.map(({ change, path, leftBytes, rightBytes }) => [change, path, leftBytes, rightBytes])).toEqual(
        printed.fileChanges!.map((row) => [
          row.change,
          row.path,
          text(row.left?.bytes ?? 0),
          text(row.right?.bytes ?? 0),
        ]),
      );
    }
    const layers = await read(`/compare/layers.csv${query}`);
    expect(layers.map((row) => [row.diffId, row.left, row.right, row.contentSize])).toEqual(
      printed.layers.map((row) => [row.diffId, row.left, row.right, row.contentSize].map(text)),
    );
  });
}

interface Overlap {
  artifacts: string[];
  cells: { in: string[]; bytes: number; units: number }[];
  matrix: { bytes: number; jaccard: number }[][];
  union: object;
  alignable: { name: string; savedBytes: number; variants: { version: string; bytes: number }[] }[];
}

/** Each set, and the grains to check for it: one is enough if another set has all. */
const SETS: [set: string[], rungs: string[]][] = [
  [[...IMAGES, "sample-base"], ["file"]],
  [[...CLOSURES], ["package"]],
  [[...IMAGES, ...CLOSURES], RUNGS],
];

for (const [set, rungs] of SETS) {
  const query = `?in=${set.join(",")}`;
  test(`what ${set.join(", ")} share, by ${rungs.join(", ")}`, async ({ page }) => {
    for (const rung of rungs) {
      const printed = ask<Overlap>("overlap", ...set, "--rung", rung);
      const sizes = printed.cells.map(({ bytes, units }) => [bytes, units]);
      const cells = await read(`/compare/cells.csv${query}&rung=${rung}`);
      expect(cells.map(({ bytes, units }) => [Number(bytes), Number(units)])).toEqual(sizes);
      const matrix = await read(`/compare/matrix.csv${query}&rung=${rung}`);
      expect(matrix.map(({ sharedBytes, jaccard }) => [Number(sharedBytes), Number(jaccard)])).toEqual(
        printed.matrix.flat().map(({ bytes, jaccard }) => [bytes, jaccard]),
      );
      const names = await read(`/compare/misaligned.csv${query}&rung=${rung}`);
      expect(names.map((row) => [row.name, row.version, Number(row.bytes), Number(row.savedIfAligned)])).toEqual(
        printed.alignable.flatMap(({ name, savedBytes, variants }) =>
          variants.map(({ version, bytes }) => [name, version, bytes, savedBytes]),
        ),
      );
      const kept = await keep<Overlap>("overlap", ...set, "--rung", rung);
      expect(kept.cells.map(({ bytes, units }) => [bytes, units])).toEqual(sizes);
      expect([kept.matrix, kept.union]).toEqual([printed.matrix, printed.union]);
    }
    const shown = await readTable(page, `/compare${query}`, "Intersections, largest first");
    const { cells } = ask<Overlap>("overlap", ...set);
    expect(shown.map((figures) => figures[0])).toEqual(cells.slice(0, shown.length).map(({ bytes }) => bytes));
  });

  test(`what ${set.join(", ")} need`, async ({ page }) => {
    interface Savings {
      rungs: { rung: string; bytes: number; units: number; marginal: number[] }[];
      orderPenalty: number;
      penalisedLayers: { extraBytes: number }[];
      download: { rung: string; bytes: number | null }[];
    }
    const printed = ask<Savings>("savings", ...set);
    const ladder = await read(`/savings/ladder.csv${query}`);
    expect(ladder.map(({ rung, bytes }) => [rung, bytes])).toEqual(
      [...printed.rungs, ...printed.download].map(({ rung, bytes }) => [rung, text(bytes)]),
    );
    const marginal = await read(`/savings/marginal.csv${query}`);
    expect(marginal.map((row) => printed.rungs.map(({ rung }) => Number(row[rung])))).toEqual(
      set.map((_, i) => printed.rungs.map((each) => each.marginal[i])),
    );
    const shown = await readTable(page, `/savings${query}`, "The ladder");
    expect(shown.map(([bytes, units]) => [bytes, units])).toEqual(
      printed.rungs.map(({ bytes, units }) => [bytes, units]),
    );
    const kept = await keep<Savings>("savings", ...set);
    expect([kept.rungs, kept.orderPenalty, kept.download]).toEqual([
      printed.rungs,
      printed.orderPenalty,
      printed.download,
    ]);
    expect(kept.penalisedLayers.map(({ extraBytes }) => extraBytes)).toEqual(
      printed.penalisedLayers.map(({ extraBytes }) => extraBytes),
    );
  });
}

interface Node {
  id: string;
  name: string;
  selfSize: number;
  closureSize: number;
  retainedSize: number;
}

for (const artifact of [IMAGES[0], CLOSURES[0]]) {
  test(`what ${artifact} consists of, and why`, async ({ page }) => {
    const { nodes, total } = ask<{ nodes: Node[]; total: object }>("closure", artifact);
    const figures = nodes.map((node) => [node.id, node.selfSize, node.closureSize, node.retainedSize].map(text));
    const { digest, layers, wasted } = ask<{
      digest: string;
      layers: { diffId: string; contentSize: number }[];
      wasted: { path: string; bytes: number }[];
    }>("show", artifact);
    const rows = await read(`/artifacts/${digest}/nodes.csv`);
    expect(rows.map((row) => [row.id, row.selfSize, row.closureSize, row.retainedSize])).toEqual(figures);
    const kept = await keep<{ nodes: Node[]; total: object }>("closure", artifact);
    expect(kept.total).toEqual(total);
    expect(kept.nodes.map((node) => [node.id, node.selfSize, node.closureSize, node.retainedSize].map(text))).toEqual(
      figures,
    );
    expect((await read(`/artifacts/${digest}/layers.csv`)).map((row) => [row.diffId, row.contentSize])).toEqual(
      layers.map(({ diffId, contentSize }) => [diffId, text(contentSize)]),
    );
    expect((await read(`/artifacts/${digest}/wasted.csv`)).map((row) => [row.path, row.bytes])).toEqual(
      wasted.map(({ path, bytes }) => [path, text(bytes)]),
    );

    const node = nodes.at(-1)!;
    const { paths } = ask<{ paths: { id: string; name: string }[][] }>("why", artifact, node.id);
    const { referrers } = ask<{ referrers: { name: string }[] }>("referrers", artifact, node.id);
    await page.goto(`${server.url}/artifacts/${digest}/why/${encodeURIComponent(node.id)}`);
    const path = page.getByRole("listitem", { name: "Path 1", exact: true });
    // Pages call files of no package by the step of their layer.
    for (const { id, name } of paths[0]!) await expect(path).toContainText(id.startsWith("unowned:") ? "layer " : name);
    const needed = page.getByRole("region", { name: "Needed by" });
    for (const referrer of referrers.slice(0, 10)) await expect(needed).toContainText(referrer.name);
  });
}

test("the list of artifacts", async () => {
  const { artifacts } = ask<{ artifacts: { digest: string; nodeCount: number; rootfsSize?: number }[] }>("list");
  const rows = await read("/artifacts.csv");
  expect(rows.map(({ digest, nodes }) => [digest, Number(nodes)])).toEqual(
    artifacts.map(({ digest, nodeCount }) => [digest, nodeCount]),
  );
});
