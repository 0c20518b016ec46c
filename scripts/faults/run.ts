import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { measureScan, runCampaign, type Tally } from "./campaign.ts";
import { FAULTS } from "./faults.ts";
import { fillDisks } from "./full-disk.ts";
import { fillMoveDisks, MOVE_KILLS, runMoveCampaign } from "./moves.ts";
import { removeBesidePages } from "./page-readers.ts";
import { QUEUE_FAULTS, runQueueCampaign } from "./queue.ts";
import { seededRandom } from "./random.ts";
import { removeBesideReaders } from "./removals.ts";

/**
 * `npm run faults`: injects faults into real scans on a real database at random moments, and checks each time that the command
 * ended correctly, that the next one works, and that the database is intact. Needs Linux (proc(5)). Arguments select parts
 * (`npm run faults -- postmaster "disk full"`); the default is all.
 */
const DEFAULT_ROUNDS = 30;
/** One of their rounds runs 18 commands, or a scan on its own disk. */
const SHARE_OF_ROUNDS = 5;

const { values, positionals } = parseArgs({
  options: { rounds: { type: "string", default: `${DEFAULT_ROUNDS}` }, seed: { type: "string", default: "1" } },
  allowPositionals: true,
});
const rounds = Number(values.rounds);
const fewer = Math.ceil(rounds / SHARE_OF_ROUNDS);
const random = seededRandom(Number(values.seed));
const root = mkdtempSync(join(tmpdir(), "stratigraph-faults-"));
chmodSync(root, 0o755);
const home = join(root, "data");
const scanMs = await measureScan(home);

/** `undefined` if a part cannot run here. */
const PARTS: ReadonlyMap<string, () => Promise<Tally | undefined>> = new Map([
  ...FAULTS.map((fault) => [fault.name, () => runCampaign(fault, scanMs, { home, rounds, random })] as const),
  ...QUEUE_FAULTS.map((fault) => [fault.name, () => runQueueCampaign(fault, { home, rounds, random })] as const),
  ...MOVE_KILLS.map((kill) => [kill.name, () => runMoveCampaign(kill, { rounds, random })] as const),
  ["disk full under a move (needs permission to mount)", () => fillMoveDisks({ rounds, random })],
  ["rm beside scans and readers", () => removeBesideReaders({ home, rounds: fewer, random })],
  ["rm beside pages (needs a build)", () => removeBesidePages({ home, rounds: fewer, random })],
  ["disk full (needs permission to mount)", () => fillDisks({ rounds, random })],
]);

const named = [...PARTS.keys()].filter(
  (name) => positionals.length === 0 || positionals.some((part) => name.includes(part)),
);
if (named.length === 0) throw new Error(`unknown part; the parts are ${[...PARTS.keys()].join(", ")}`);

console.log(`a scan takes ${(scanMs / 1000).toFixed(2)} s; ${rounds} rounds each, seed ${values.seed}`);
console.log(formatRow(["fault", "tried", "struck", "correct", "intact", "next (median, max)"]));
const findings: string[] = [];
for (const name of named) {
  const tally = await PARTS.get(name)!();
  if (tally === undefined) console.log(`${name}: skipped`);
  else print(tally);
}
rmSync(root, { recursive: true, force: true });
for (const finding of findings) console.log(finding);
console.log(findings.length === 0 ? "nothing found" : `${findings.length} found`);
process.exitCode = findings.length === 0 ? 0 : 1;

function print(tally: Tally): void {
  findings.push(...tally.findings);
  const times = tally.nextTimes.toSorted((a, b) => a - b).map((ms) => `${(ms / 1000).toFixed(2)} s`);
  const next = `${times[times.length >> 1]}, ${times.at(-1)}`;
  console.log(formatRow([tally.name, tally.tried, tally.hit, tally.rightEnd, tally.intact, next].map(String)));
}

function formatRow([name = "", ...figures]: readonly string[]): string {
  return [name.padEnd(32), ...figures.map((figure, i) => figure.padStart(i === 4 ? 22 : 11))].join("");
}
