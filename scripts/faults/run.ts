import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { measureScan, runCampaign, type Tally } from "./campaign.ts";
import { FAULTS } from "./faults.ts";
import { fillDisks } from "./full-disk.ts";
import { removeBesidePages } from "./page-readers.ts";
import { seededRandom } from "./random.ts";
import { removeBesideReaders } from "./removals.ts";

/**
 * `npm run faults`: strikes real scans on a real database at random moments, and looks each time whether the command ended as
 * it should, whether the next one works, and whether the database is whole. Needs Linux (proc(5)); the full disk needs the
 * right to mount one.
 */
const DEFAULT_ROUNDS = 30;
/** Each of their rounds runs 18 commands, or a scan on a disk of its own. */
const SHARE_OF_ROUNDS = 5;

const { values } = parseArgs({
  options: { rounds: { type: "string", default: `${DEFAULT_ROUNDS}` }, seed: { type: "string", default: "1" } },
});
const rounds = Number(values.rounds);
const random = seededRandom(Number(values.seed));
const root = mkdtempSync(join(tmpdir(), "stratigraph-faults-"));
chmodSync(root, 0o755);
const home = join(root, "data");

const scanMs = await measureScan(home);
console.log(`a scan takes ${(scanMs / 1000).toFixed(2)} s; ${rounds} rounds each, seed ${values.seed}`);
console.log(formatRow(["fault", "tried", "struck", "right end", "intact", "next (median, most)"]));
const findings: string[] = [];
for (const fault of FAULTS) print(await runCampaign(fault, scanMs, { home, rounds, random }));
const fewer = Math.ceil(rounds / SHARE_OF_ROUNDS);
print(await removeBesideReaders({ home, rounds: fewer, random }));
printOrSkip(
  await removeBesidePages({ home, rounds: fewer, random }),
  "rm beside pages: skipped, for they are not built",
);
printOrSkip(await fillDisks({ rounds, random }), "disk full: skipped, for no disk may be mounted here");
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

function printOrSkip(tally: Tally | undefined, why: string): void {
  if (tally === undefined) console.log(why);
  else print(tally);
}

function formatRow([name = "", ...figures]: readonly string[]): string {
  return [name.padEnd(32), ...figures.map((figure, i) => figure.padStart(i === 4 ? 22 : 11))].join("");
}
