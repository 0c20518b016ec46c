import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";
import { type Figure, seconds } from "./measure-run.ts";
import { PROJECT } from "./scans.ts";

/** Scans of each image by each version, after one that fills the caches. */
const RUNS = 6;
/** Processor time of a scan, as a multiple of the earlier version's. */
const MAX_RATIO = 1.15;

export interface AgainstOptions {
  readonly commit: string;
  /** Names of images; empty: all of them. */
  readonly names: readonly string[];
  /** Where the part `explained` has built the images. */
  readonly images: string;
  /** For the earlier checkout, which is removed from it. */
  readonly scratch: string;
  /** Any database of a server where others can be created. */
  readonly url: string;
}

/** A checkout with a database that has its tables, which each scan gets a copy of. */
interface Version {
  readonly checkout: string;
  readonly database: string;
}

/** Processor time of scanning the same images with this checkout and with an earlier commit, in turn. */
export async function benchAgainst({ commit, names, images, scratch, url }: AgainstOptions): Promise<Figure[]> {
  const built = existsSync(images)
    ? readdirSync(images).filter((name) => existsSync(join(images, name, "index.json")))
    : [];
  const wanted = built.filter((name) => names.length === 0 || names.includes(name));
  if (wanted.length === 0) {
    const value = "no such image: `npm run bench -- explained` builds them";
    return [{ what: `against ${commit}`, value, budget: "", within: undefined }];
  }
  const checkout = join(scratch, "earlier");
  openCheckout(checkout, commit);
  try {
    const versions = [
      { checkout: PROJECT, database: "bench_now" },
      { checkout, database: "bench_earlier" },
    ] as const;
    for (const version of versions) await prepareDatabase(version, url);
    const figures: Figure[] = [];
    for (const name of wanted)
      figures.push(await compare(`oci:${join(images, name)}`, { name, commit, versions, url }));
    return figures;
  } finally {
    git("worktree", "remove", "--force", checkout);
  }
}

/** A worktree with packages of its own. Its installer writes into them, so nothing that it writes is linked. */
function openCheckout(checkout: string, commit: string): void {
  git("worktree", "add", "--quiet", "--detach", checkout, commit);
  const [from, to] = [join(PROJECT, "node_modules"), join(checkout, "node_modules")];
  if (spawnSync("cp", ["-al", from, to], { stdio: "ignore" }).status !== 0) {
    rmSync(to, { recursive: true, force: true });
    execFileSync("cp", ["-a", from, to]);
  }
  rmSync(join(to, ".cache"), { recursive: true, force: true });
  const stdio = ["ignore", "ignore", "inherit"] as const;
  execFileSync(process.execPath, ["scripts/install.mjs"], { cwd: checkout, stdio: [...stdio] });
}

function git(...words: readonly string[]): void {
  execFileSync("git", words, { cwd: PROJECT, stdio: ["ignore", "ignore", "inherit"] });
}

async function prepareDatabase({ checkout, database }: Version, url: string): Promise<void> {
  await query(url, `CREATE DATABASE ${database}`);
  measureCpu(checkout, ["list"], withDatabase(url, database));
}

interface Comparison {
  readonly name: string;
  readonly commit: string;
  readonly versions: readonly [now: Version, earlier: Version];
  readonly url: string;
}

async function compare(source: string, { name, commit, versions, url }: Comparison): Promise<Figure> {
  const times: [number[], number[]] = [[], []];
  for (let run = 0; run <= RUNS; run++) {
    for (const [i, version] of versions.entries()) {
      const milliseconds = await scanOnce(version, source, url);
      if (run > 0) times[i]!.push(milliseconds);
    }
  }
  const [now, earlier] = times.map((each) => each.sort((a, b) => a - b)) as typeof times;
  const [median, best] = [RUNS >> 1, 0].map((i) => now[i]! / earlier[i]!) as [number, number];
  const middle = `${seconds(now[RUNS >> 1]!)} of ${seconds(earlier[RUNS >> 1]!)}`;
  return {
    what: `against ${commit.slice(0, 8)}: processor time of scanning ${name}`,
    value: `${middle}: ${median.toFixed(2)} ×; best ${best.toFixed(2)} ×`,
    budget: `≤ ${MAX_RATIO} ×`,
    within: median <= MAX_RATIO,
  };
}

/** Into an empty database of its own. */
async function scanOnce({ checkout, database }: Version, source: string, url: string): Promise<number> {
  await query(url, "DROP DATABASE IF EXISTS bench_scan");
  await query(url, `CREATE DATABASE bench_scan TEMPLATE ${database}`);
  return measureCpu(checkout, ["scan", source, "--name", "bench"], withDatabase(url, "bench_scan"));
}

/** Milliseconds of processor time of a command and of all the processes that it waited for: `times` of the shell. */
function measureCpu(checkout: string, command: readonly string[], url: string): number {
  const node = join(checkout, "node_modules", ".bin", "node");
  // Its ending has changed.
  const entry = join("bin", readdirSync(join(checkout, "bin")).find((name) => name.startsWith("stratigraph"))!);
  const out = execFileSync("sh", ["-c", '"$@" > /dev/null && times', "sh", node, entry, ...command], {
    cwd: checkout,
    env: { ...process.env, DATABASE_URL: url },
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
  });
  const found = [
    ...out
      .trim()
      .split("\n")
      .at(-1)!
      .matchAll(/(\d+)m([\d.]+)s/g),
  ];
  return found.reduce((sum, [, minutes, rest]) => sum + Number(minutes) * 60_000 + Number(rest) * 1000, 0);
}

function withDatabase(url: string, database: string): string {
  return url.replace(/[^/]*$/, database);
}

async function query(url: string, text: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(text);
  } finally {
    await client.end();
  }
}
