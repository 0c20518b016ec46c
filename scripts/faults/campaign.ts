import { setTimeout as sleep } from "node:timers/promises";
import { childrenOf, run, start, titleOf } from "./command.ts";
import { type Fault, isTooLate } from "./faults.ts";
import { findDamage } from "./integrity.ts";
import { makeWorkload, type Workload } from "./workload.ts";

/** The result of all rounds of one fault. */
export interface Tally {
  readonly name: string;
  tried: number;
  /** Rounds in which the fault had something to strike; in the others the scan had already ended. */
  hit: number;
  rightEnd: number;
  intact: number;
  /** Durations of the next command, in milliseconds. */
  readonly nextTimes: number[];
  readonly findings: string[];
}

export function newTally(name: string): Tally {
  return { name, tried: 0, hit: 0, rightEnd: 0, intact: 0, nextTimes: [], findings: [] };
}

export interface CampaignOptions {
  /** `STRATIGRAPH_DATA`. */
  readonly home: string;
  readonly rounds: number;
  readonly random: () => number;
}

/** A command after a fault replays the log, and waits for nothing else. */
const MAX_NEXT_MS = 15_000;
const MAX_ORPHAN_MS = 5_000;
const POLL_MS = 20;
const MEASURED_SCANS = 2;

/** Duration of a scan of a workload without faults: the fastest of a few, on an existing database. */
export async function measureScan(home: string): Promise<number> {
  await run(home, ["list"]);
  const times: number[] = [];
  for (let i = 0; i < MEASURED_SCANS; i++) {
    const workload = makeWorkload(`measured-${i}`);
    const { milliseconds, status, stderr } = await run(home, ["scan", ...workload.sources]);
    workload.remove();
    if (status !== 0) throw new Error(`a scan without any fault ends with ${status}: ${stderr}`);
    times.push(milliseconds);
  }
  await findDamage(home);
  return Math.min(...times);
}

/** Strikes one scan per round, each at a random moment between its start and just past its usual end. */
export async function runCampaign(fault: Fault, scanMs: number, options: CampaignOptions): Promise<Tally> {
  const tally = newTally(fault.name);
  for (let round = 0; round < options.rounds; round++) {
    const workload = makeWorkload(`${fault.name.replaceAll(/\W+/g, "-")}-${round}`);
    const moment = options.random() * scanMs * 1.05;
    const findings = await strikeOnce({ fault, moment, workload, tally }, options);
    tally.findings.push(
      ...findings.map((finding) => `${fault.name}, round ${round} at ${moment.toFixed(0)} ms: ${finding}`),
    );
    workload.remove();
  }
  return tally;
}

interface Round {
  readonly fault: Fault;
  /** Milliseconds after the start of the command. */
  readonly moment: number;
  readonly workload: Workload;
  readonly tally: Tally;
}

async function strikeOnce(
  { fault, moment, workload, tally }: Round,
  { home, random }: CampaignOptions,
): Promise<string[]> {
  const scan = start(home, ["scan", ...workload.sources]);
  await sleep(moment);
  const helpers = childrenOf(scan.child.pid ?? 0).filter((pid) => titleOf(pid).includes("scan-process"));
  const struckAt = performance.now();
  const hit = fault.strike(scan, home, random);
  const ending = await scan.ending;
  const wrongEnd = judge(fault, hit, { ...ending, milliseconds: performance.now() - struckAt });
  tally.tried++;
  if (hit) tally.hit++;
  if (wrongEnd === "") tally.rightEnd++;
  const orphans = await findOrphans(helpers);
  const after = await checkAfter(home, tally);
  return [wrongEnd, ...orphans, ...after].filter((finding) => finding !== "");
}

function judge(fault: Fault, hit: boolean, ending: Awaited<ReturnType<typeof run>>): string {
  if (!hit)
    return ending.status === 0
      ? ""
      : `exit ${ending.status} although nothing was struck: ${ending.stderr.slice(0, 300)}`;
  if (isTooLate(fault, ending.milliseconds)) return `ended ${(ending.milliseconds / 1000).toFixed(1)} s after it`;
  return fault.judge(ending);
}

/** Checks that the next command works, and soon, and that the database is intact. */
export async function checkAfter(home: string, tally: Tally): Promise<string[]> {
  const { status, stderr, milliseconds } = await run(home, ["list", "--json"]);
  tally.nextTimes.push(milliseconds);
  const late = milliseconds > MAX_NEXT_MS ? `the next command took ${(milliseconds / 1000).toFixed(1)} s` : "";
  if (status !== 0) return [`the next command ended with ${status}: ${stderr.slice(0, 300)}`, late];
  const damage = await findDamage(home);
  if (damage.length === 0) tally.intact++;
  return [late, ...damage];
}

/** The processes that are still running although their parent has ended, after a few seconds of grace. */
export async function findOrphans(pids: readonly number[]): Promise<string[]> {
  const deadline = performance.now() + MAX_ORPHAN_MS;
  let left = pids;
  while (left.length > 0 && performance.now() < deadline) {
    await sleep(POLL_MS);
    left = left.filter((pid) => titleOf(pid) !== "");
  }
  return left.map((pid) => `process ${pid} lives on: ${titleOf(pid)}`);
}
