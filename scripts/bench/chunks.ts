import { execFileSync, spawnSync } from "node:child_process";
import { createReadStream, createWriteStream, existsSync, mkdtempSync, renameSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { openLayerPool } from "#lib/ingest/layers/layer-pool.ts";
import { CHUNK_SIZES } from "#lib/model/chunk.ts";
import { buildBenchImage, findMissing, listLayerFiles } from "./image.ts";
import { type Figure, mebibytes, medianOf, seconds } from "./measure-run.ts";

const RUNS = 3;
const TIMES = 3;

/**
 * The chunk pass over the largest layer of the benchmark's image, as an uncompressed tar, compared with `casync make` of the same
 * tar with the same sizes. Ours reads the tar, hashes it and every file in it, and cuts and hashes the chunks, in one new
 * thread. casync also compresses and writes each chunk, and is the closest comparison available.
 */
export async function benchChunks(folder: string): Promise<Figure[]> {
  const missing = findMissing(folder);
  if (missing !== undefined) return [{ what: "chunks: all figures", value: missing, budget: "", within: undefined }];
  const tar = await writeBenchTar(folder);
  const byteCount = statSync(tar).size;
  const ours = await medianOf(RUNS, () => cutLayer(tar, byteCount));
  const cut = { what: `chunks: ${mebibytes(byteCount)} of tar, one thread`, budget: "", within: undefined };
  const figures: Figure[] = [{ ...cut, value: `${seconds(ours)}, ${perSecond(byteCount, ours)}` }];
  if (spawnSync("casync", ["--version"]).status !== 0) {
    const value = "casync is not installed: apt-get install casync";
    return [
      ...figures,
      { what: "chunks: casync make of the same tar", value, budget: `≥ ${TIMES} ×`, within: undefined },
    ];
  }
  const theirs = await medianOf(RUNS, async () => makeWithCasync(tar));
  const times = theirs / ours;
  const value = `${seconds(theirs)}, ${perSecond(byteCount, theirs)}; ours is ${times.toFixed(1)} × that`;
  return [
    ...figures,
    { what: "chunks: casync make of the same tar", value, budget: `≥ ${TIMES} ×`, within: times >= TIMES },
  ];
}

/** The largest layer of the image, uncompressed (some 450 MB), written once. */
async function writeBenchTar(folder: string): Promise<string> {
  const tar = join(folder, "bench-layer.tar");
  if (existsSync(tar)) return tar;
  const [largest] = listLayerFiles(buildBenchImage(folder));
  if (largest === undefined) throw new Error("the benchmark's image has no layer");
  await pipeline(createReadStream(largest), createGunzip(), createWriteStream(`${tar}.making`));
  renameSync(`${tar}.making`, tar);
  return tar;
}

async function cutLayer(tar: string, byteCount: number): Promise<void> {
  const pool = openLayerPool({ layerCount: 1, chunks: CHUNK_SIZES });
  try {
    const { chunks } = await pool.scan({ file: tar, offset: 0, length: byteCount });
    if (chunks === undefined || chunks.rows.length === 0) throw new Error("nothing was cut");
  } finally {
    await pool.close();
  }
}

function makeWithCasync(tar: string): void {
  const store = mkdtempSync(join(tmpdir(), "stratigraph-casync-"));
  const { minBytes, averageBytes, maxBytes } = CHUNK_SIZES;
  const sizes = `--chunk-size=${minBytes}:${averageBytes}:${maxBytes}`;
  try {
    execFileSync("casync", ["make", `--store=${join(store, "chunks")}`, sizes, join(store, "layer.caibx"), tar], {
      stdio: "ignore",
    });
  } finally {
    rmSync(store, { recursive: true });
  }
}

function perSecond(byteCount: number, milliseconds: number): string {
  return `${Math.round(byteCount / 1e3 / milliseconds)} MB/s`;
}
