import { createHash } from "node:crypto";
import type { Pool } from "pg";
import { measure } from "#lib/analysis/measure.ts";
import { buildRung, type RowRungName } from "#lib/analysis/sharing/build-rung.ts";
import { diffArtifacts } from "#lib/analysis/sharing/diff.ts";
import { diffFiles } from "#lib/analysis/sharing/diff-files.ts";
import { computeLadder } from "#lib/analysis/sharing/ladder.ts";
import { computeOverlap } from "#lib/analysis/sharing/overlap.ts";
import { listDifferingNames } from "#lib/db/queries/list-differing-names.ts";
import { listHeldComponents } from "#lib/db/queries/list-held-components.ts";
import { loadHoldings } from "#lib/db/queries/load-holdings.ts";
import { writeSnapshot } from "#lib/db/write/write-snapshot.ts";
import type { ChainId, DiffId, Digest } from "#lib/model/digest.ts";
import { NO_SETTINGS } from "#lib/model/image-settings.ts";
import type { LayerScan } from "#lib/model/layer.ts";
import { placeOf } from "#lib/model/place.ts";
import type { ImageSnapshot } from "#lib/model/snapshot.ts";
import { type Figure, medianOf, seconds } from "./measure-run.ts";

const RUNS = 5;
const SETS = 32;
const SET_FILES = 100_000;
const DIFF_FILES = 30_000;
/** Files per component, as in an ordinary distribution. */
const FILES_PER_COMPONENT = 100;

/** An image of one layer: its contents, one file each, under names that depend on the content alone. */
interface GeneratedImage {
  readonly name: string;
  readonly contents: Int32Array;
}

/** Names of the large images that `benchSharing` writes. */
export const SET_NAMES: readonly string[] = Array.from({ length: SETS }, (_, i) => `bench-sharing/set-${i}`);

/**
 * Differences and overlaps from the database to the answer, warm. Writes 32 images of 100,000 files and two of 30,000 into
 * the database through the same functions as a scan. No layer is shared, so that nothing can be skipped.
 */
export async function benchSharing(pool: Pool): Promise<Figure[]> {
  const sets = await writeSets(pool);
  const left = await write(pool, generate("left", 0, DIFF_FILES));
  const right = await write(pool, generate("right", DIFF_FILES / 10, DIFF_FILES));
  await pool.query("ANALYZE");
  return [
    await benchDiff(pool, left, right),
    await benchOverlap(pool, sets, "file"),
    await benchOverlap(pool, sets, "package"),
    await benchLadder(pool, sets),
  ];
}

/** Neighbours share three quarters of their files, the first and the last almost none. Returns the images' ids. */
export async function writeSets(pool: Pool): Promise<number[]> {
  const sets: number[] = [];
  for (let i = 0; i < SETS; i++) sets.push(await write(pool, generate(`set-${i}`, (i * SET_FILES) / 4, SET_FILES)));
  return sets;
}

async function benchDiff(pool: Pool, left: number, right: number): Promise<Figure> {
  const run = async () => {
    const ids = [left, right];
    const [holdings, components, names] = await Promise.all([
      loadHoldings(pool, ids),
      listHeldComponents(pool, ids),
      listDifferingNames(pool, left, right),
    ]);
    const [leftSide, rightSide] = holdings.map((holding, i) => ({ holding, components: components[i]! }));
    diffArtifacts(leftSide!, rightSide!);
    return diffFiles(names.left, names.right);
  };
  await run();
  const milliseconds = await medianOf(RUNS, run);
  return {
    what: `diff: two images of ${DIFF_FILES} files, no layer in common, warm`,
    value: seconds(milliseconds),
    budget: "≤ 0.3 s",
    within: milliseconds <= 300,
  };
}

async function benchOverlap(pool: Pool, sets: readonly number[], rung: RowRungName): Promise<Figure> {
  const run = async () => computeOverlap(buildRung(rung, await loadHoldings(pool, sets)));
  await run();
  const milliseconds = await medianOf(RUNS, run);
  return {
    what: `overlap: ${SETS} sets of ${SET_FILES} files, by ${rung}`,
    value: seconds(milliseconds),
    budget: "≤ 1 s",
    within: milliseconds <= 1000,
  };
}

async function benchLadder(pool: Pool, sets: readonly number[]): Promise<Figure> {
  const milliseconds = await medianOf(1, async () => computeLadder(await loadHoldings(pool, sets)));
  return {
    what: `savings: the ladder of the same ${SETS}`,
    value: seconds(milliseconds),
    budget: "",
    within: undefined,
  };
}

/** Prime to every count of files here: steps of this size visit all of them, in an order that no cache predicts. */
const STRIDE = 48_271;

function generate(name: string, first: number, count: number): GeneratedImage {
  return { name, contents: Int32Array.from({ length: count }, (_, i) => first + ((i * STRIDE) % count)) };
}

/** Writes an image of `count` files whose contents begin at number `first`. */
export async function writeGeneratedImage(
  pool: Pool,
  { name, first, count }: { name: string; first: number; count: number },
): Promise<void> {
  await write(pool, generate(name, first, count));
}

async function write(pool: Pool, image: GeneratedImage): Promise<number> {
  const snapshot = toSnapshot(image);
  const { artifactId } = await writeSnapshot(pool, snapshot, measure(snapshot.graph));
  return artifactId;
}

function digestOfText(text: string): Digest {
  return `sha256:${createHash("sha256").update(text).digest("hex")}` as Digest;
}

function toSnapshot({ name, contents }: GeneratedImage): ImageSnapshot {
  const scan = toScan(name, contents);
  const count = contents.length;
  const rows = Int32Array.from({ length: count }, (_, i) => i);
  const componentCount = Math.ceil(count / FILES_PER_COMPONENT);
  const owner = rows.map((i) => Math.floor(i / FILES_PER_COMPONENT));
  const selfSize = new Float64Array(componentCount);
  for (let i = 0; i < count; i++) selfSize[owner[i]!]! += byteCountOf(contents[i]!);
  const components = Array.from({ length: componentCount }, (_, i) => {
    const number = Math.floor(contents[i * FILES_PER_COMPONENT]! / FILES_PER_COMPONENT);
    return {
      kind: "deb",
      name: `package${number}`,
      version: "1",
      identity: `pkg:deb/bench/package${number}@1`,
      instancePath: "",
    } as const;
  });
  const none = new Int32Array(0);
  return {
    kind: "image",
    name: `bench-sharing/${name}`,
    source: "bench",
    digest: digestOfText(`manifest ${name}`),
    configDigest: digestOfText(`config ${name}`),
    platform: "linux/amd64",
    createdAt: "",
    command: [],
    settings: NO_SETTINGS,
    layers: [
      {
        diffId: scan.diffId,
        chainId: scan.diffId as Digest as ChainId,
        tarSize: scan.tarSize,
        contentSize: scan.contentSize,
        entryCount: count,
        digest: scan.digest,
        downloadSize: scan.downloadSize,
        mediaType: "",
        createdBy: "",
        scan,
      },
    ],
    layersContentSize: scan.contentSize,
    rootfsSize: scan.contentSize,
    wastedSize: 0,
    downloadSize: scan.downloadSize,
    wasted: { count: 0, at: () => ({ path: "", byteCount: 0, layer: 0, hiddenBy: 0 }) },
    directories: { count: 0, byteCount: [], fileCount: [], path: () => "" },
    owners: [owner],
    loads: new Int32Array(0),
    bodies: {
      count,
      layer: new Int32Array(count),
      entry: rows,
      byteCount: Float64Array.from(contents, byteCountOf),
      owner,
      place: Float64Array.from(contents, (content, i) => placeOf(components[owner[i]!]!.identity, pathOf(content))),
      links: { layer: none, entry: none, body: none },
    },
    graph: {
      components,
      selfSize,
      edges: { from: none, to: none, evidence: new Uint8Array(0), detail: none, details: [] },
      rootReasons: new Uint8Array(0),
      roots: none,
      live: new Uint8Array(componentCount).fill(1),
    },
    problems: [],
  };
}

function pathOf(content: number): string {
  return `usr/share/package${Math.floor(content / FILES_PER_COMPONENT)}/some/file-${content}.txt`;
}

function byteCountOf(content: number): number {
  return 1 + ((content * 2_654_435_761) % 100_003);
}

function toScan(name: string, contents: Int32Array): LayerScan {
  const count = contents.length;
  const paths = Array.from(contents, (content) => Buffer.from(pathOf(content)));
  const ends = new Uint32Array(count);
  for (let i = 0; i < count; i++) ends[i] = (ends[i - 1] ?? 0) + paths[i]!.length;
  const starts = ends.map((end, i) => end - paths[i]!.length);
  const byteCount = Float64Array.from(contents, byteCountOf);
  const contentSize = byteCount.reduce((sum, bytes) => sum + bytes, 0);
  return {
    diffId: digestOfText(`layer ${name}`) as DiffId,
    digest: digestOfText(`blob ${name}`),
    downloadSize: Math.floor(contentSize / 3),
    compression: "gzip",
    tarSize: contentSize + 1024 * count,
    contentSize,
    entries: {
      count,
      kind: new Uint8Array(count),
      mode: new Uint16Array(count).fill(0o644),
      uid: new Uint32Array(count),
      gid: new Uint32Array(count),
      contentSize: byteCount,
      mtime: new Float64Array(count),
      content: Int32Array.from({ length: count }, (_, i) => i),
      pathStart: starts,
      pathEnd: ends,
      linkStart: new Uint32Array(count),
      linkEnd: new Uint32Array(count),
      names: Buffer.concat(paths),
    },
    contents: {
      count,
      sha256: Buffer.concat(
        Array.from(contents, (content) => createHash("sha256").update(`content ${content}`).digest()),
      ),
      byteCount,
    },
    documents: [],
    problems: [],
  };
}
