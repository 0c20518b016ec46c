import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { measure } from "#lib/analysis/measure.ts";
import { dataDirectory } from "#lib/db/server/data-directory.ts";
import { type Database, openDatabase } from "#lib/db/server/database.ts";
import { computeClosureSizes } from "#lib/graph/closure-sizes.ts";
import { computeRetainedSizes } from "#lib/graph/retained-sizes.ts";
import { ingestStore } from "#lib/ingest/closure/ingest-store.ts";
import { openStore } from "#lib/sources/store/index.ts";
import { benchAgainst } from "./against.ts";
import { benchChunks } from "./chunks.ts";
import { benchExplained } from "./explained/explained.ts";
import { benchFind } from "./find.ts";
import { benchFleet } from "./fleet.ts";
import { benchGraph } from "./graph.ts";
import { buildBenchImage, copyWithSkopeo, findMissing, hashLayers, listLayerFiles } from "./image.ts";
import { type Figure, mebibytes, medianOf, seconds } from "./measure-run.ts";
import { benchPages } from "./pages.ts";
import { benchRegistry } from "./registry.ts";
import { benchRelayer } from "./relayer.ts";
import { empty, PROJECT, scan } from "./scans.ts";
import { benchSharing } from "./sharing.ts";
import { benchStart } from "./start.ts";
import { writeBenchStore } from "./store.ts";
import { benchStoreFiles } from "./store-files.ts";
import { benchCrossings } from "./views/crossings.ts";
import { benchViews } from "./views/views.ts";

const RUNS = 3;

async function benchImage(folder: string, url: string): Promise<Figure[]> {
  const missing = findMissing(folder);
  if (missing !== undefined) return [{ what: "image: all figures", value: missing, budget: "", within: undefined }];
  const layout = buildBenchImage(folder);
  const files = listLayerFiles(layout);
  const floor = await medianOf(RUNS, () => hashLayers(files));
  let peak = 0;
  const fresh: number[] = [];
  for (let i = 0; i < RUNS; i++) {
    await empty(url);
    const run = await scan(`oci:${layout}`, url);
    fresh.push(run.milliseconds);
    peak = Math.max(peak, run.peakBytes);
  }
  const full = fresh.sort((a, b) => a - b)[RUNS >> 1]!;
  const known = await medianOf(RUNS, async () => await scan(`oci:${layout}`, url));
  const nothing = await medianOf(
    RUNS,
    async () =>
      void spawnSync(process.execPath, ["bin/stratigraph.mjs", "list"], {
        cwd: PROJECT,
        env: { ...process.env, DATABASE_URL: url },
      }),
  );
  const figures: Figure[] = [
    { what: "image: gunzip + SHA-256 of its layers, all cores", value: seconds(floor), budget: "", within: undefined },
    {
      what: "image: whole scan, a process of its own",
      value: `${seconds(full)}, ${(full / floor).toFixed(2)} ×, ${mebibytes(peak)}`,
      budget: "≤ 1.5 ×, ≤ 512 MiB",
      within: full / floor <= 1.5 && peak <= 512 * 1024 ** 2,
    },
    {
      what: "image: scanned again, over an empty command",
      value: seconds(known - nothing),
      budget: "≤ 0.3 s",
      within: known - nothing <= 300,
    },
  ];
  const target = join(folder, "bench-copy.tar");
  if (copyWithSkopeo(layout, target) === undefined) return figures;
  const copy = await medianOf(RUNS, async () => copyWithSkopeo(layout, target));
  figures.push({
    what: "image: skopeo copy to an uncompressed archive",
    value: `${seconds(copy)}; the scan takes ${(full / copy).toFixed(2)} of it`,
    budget: "≤ 1",
    within: full <= copy,
  });
  return figures;
}

/** The directory of the store, which is created once. */
function openBenchStore(folder: string): string {
  const root = join(folder, "bench-store");
  if (!existsSync(root)) writeBenchStore(root);
  return root;
}

async function benchStore(folder: string, url: string): Promise<Figure[]> {
  const root = openBenchStore(folder);
  await empty(url);
  const run = await scan(`nix-store:${root}`, url);
  const options = {
    source: "bench",
    open: () => openStore({ rootDir: root, flavour: "nix" }),
    roots: [],
    computeLive: ({ nodeCount }: { nodeCount: number }) => new Uint8Array(nodeCount),
  } as const;
  const { graph } = await ingestStore(options);
  const measured = measure(graph);
  const roots = Int32Array.from([...measured.root.keys()].filter((node) => measured.root[node] === 1));
  const sizes = await medianOf(RUNS, async () => {
    computeClosureSizes(measured.graph, graph.selfSize);
    computeRetainedSizes(measured.graph, roots, graph.selfSize);
  });
  const { nodes, edges } = measured.total;
  return [
    {
      what: `store: scan of ${nodes} paths, ${edges} references`,
      value: `${seconds(run.milliseconds)}, ${mebibytes(run.peakBytes)}`,
      budget: "≤ 10 s, ≤ 1 GiB",
      within: run.milliseconds <= 10_000 && run.peakBytes <= 1024 ** 3,
    },
    {
      what: "store: closure and retained size of every path",
      value: seconds(sizes),
      budget: "≤ 2 s",
      within: sizes <= 2000,
    },
  ];
}

/** A folder for one run. */
async function withScratch<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), "stratigraph-bench-"));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Bench {
  /** Created once and kept for the next run. */
  readonly folder: string;
  /** A database for this run only. */
  readonly database: Database;
}

/** The benchmarks, in the order in which they run: `npm run bench -- graph pages` runs only these. */
const PARTS: Readonly<Record<string, (bench: Bench) => Promise<Figure[]>>> = {
  store: ({ folder, database }) => benchStore(folder, database.url),
  image: ({ folder, database }) => benchImage(folder, database.url),
  registry: ({ folder, database }) => benchRegistry(folder, database.url),
  find: ({ database }) => benchFind(database),
  fleet: ({ database }) => benchFleet(database),
  sharing: async ({ database }) => {
    await empty(database.url);
    return benchSharing(database.pool);
  },
  start: benchStart,
  pages: async ({ folder, database }) => {
    const store = `nix-store:${openBenchStore(folder)}`;
    await scan(store, database.url);
    return benchPages(database, store);
  },
  graph: benchGraph,
  crossings: benchCrossings,
  views: ({ database }) => withScratch((folder) => benchViews(folder, database)),
  chunks: ({ folder }) => benchChunks(folder),
  files: benchStoreFiles,
  relayer: ({ folder }) => benchRelayer(folder),
  explained: ({ folder, database }) => benchExplained(join(folder, "explained"), database.url),
};

/** Times on one machine change together: floors and scans are timed in one run, and figures are read as ratios. */
async function main(asked: readonly string[]): Promise<void> {
  const [part, commit, ...names] = asked;
  if (part === "against") return await withBench((bench) => compareWith(bench, commit, names));
  const unknown = asked.find((name) => !Object.hasOwn(PARTS, name));
  if (unknown !== undefined) throw new Error(`no part ${unknown}: there are against, ${Object.keys(PARTS).join(", ")}`);
  await withBench(async (bench) => {
    for (const [name, run] of Object.entries(PARTS)) {
      if (asked.length > 0 && !asked.includes(name)) continue;
      for (const figure of await run(bench)) print(figure);
    }
  });
}

/** `npm run bench -- against COMMIT [IMAGE…]`: not one of the parts, because only the command knows a commit. */
async function compareWith({ folder, database }: Bench, commit: string | undefined, names: readonly string[]) {
  if (commit === undefined) throw new Error("against which commit?");
  const options = { commit, names, images: join(folder, "explained"), url: database.url };
  for (const figure of await withScratch((scratch) => benchAgainst({ ...options, scratch }))) print(figure);
}

async function withBench(work: (bench: Bench) => Promise<void>): Promise<void> {
  const folder = join(dataDirectory(), "bench");
  mkdirSync(folder, { recursive: true });
  const home = mkdtempSync(join(tmpdir(), "stratigraph-bench-"));
  const database = await openDatabase({ ...process.env, DATABASE_URL: undefined, STRATIGRAPH_DATA: home });
  try {
    await work({ folder, database });
  } finally {
    await database.close();
    rmSync(home, { recursive: true, force: true });
  }
}

function print({ what, value, budget, within }: Figure): void {
  const verdict = within === undefined ? "" : within ? "within" : "MISSED";
  console.log([verdict.padEnd(6), what.padEnd(72), value.padEnd(34), budget].join("  "));
}

await main(process.argv.slice(2));
