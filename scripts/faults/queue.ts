import { setTimeout as sleep } from "node:timers/promises";
import * as v from "valibot";
import { areInstalled, startRegistry, type TestRegistry } from "#testing/run/registry.ts";
import { type CampaignOptions, checkAfter, newTally, type Tally } from "./campaign.ts";
import { type Running, run, signalGroup, start } from "./command.ts";
import { killPostmaster } from "./faults.ts";
import { makeWorkload } from "./workload.ts";

/** A fault during the scan of a registry's image by a worker. */
interface QueueFault {
  readonly name: string;
  strike(parts: Parts): Promise<void>;
}

interface Parts {
  readonly home: string;
  readonly registry: TestRegistry;
  worker: Running;
}

/** From a fault to the end of the job: ten seconds of silence until another worker takes it, pauses before another try, the scan. */
const MAX_END_MS = 120_000;
const POLL_MS = 1000;
/** The scan meets a closed port. */
const REGISTRY_AWAY_MS = 500;
/** Names of a workload's images. */
const IMAGES = ["first", "second"];

const jobsSchema = v.object({
  jobs: v.array(v.object({ source: v.string(), state: v.string(), endedAt: v.nullable(v.string()) })),
});

type EndedJob = v.InferOutput<typeof jobsSchema>["jobs"][number];

export const QUEUE_FAULTS: readonly QueueFault[] = [
  {
    name: "kill -9 of a registry",
    async strike({ registry }) {
      await registry.kill();
      await sleep(REGISTRY_AWAY_MS);
      await registry.restart();
    },
  },
  {
    name: "kill -9 of a worker",
    async strike(parts) {
      signalGroup(parts.worker.child, "SIGKILL");
      await parts.worker.ending;
      parts.worker = start(parts.home, ["worker"]);
    },
  },
  {
    name: "kill -9 of a worker's database",
    async strike({ home }) {
      killPostmaster(home);
    },
  },
];

/** Strikes one queued scan per round, at a random moment of the usual time; each job must end as if nothing had happened. */
export async function runQueueCampaign(fault: QueueFault, options: CampaignOptions): Promise<Tally | undefined> {
  const { home, rounds, random } = options;
  if (!areInstalled("docker-registry", "skopeo")) return undefined;
  const tally = newTally(fault.name);
  const parts = { home, registry: await startRegistry(), worker: start(home, ["worker"]) };
  try {
    const usualMs = await measureJob(parts);
    for (let round = 0; round < rounds; round++) {
      const moment = random() * usualMs;
      const findings = await strikeJob({ fault, parts, moment, key: toKey(fault.name, round), tally });
      tally.findings.push(
        ...findings.map((finding) => `${fault.name}, round ${round} at ${moment.toFixed(0)} ms: ${finding}`),
      );
    }
  } finally {
    signalGroup(parts.worker.child, "SIGINT");
    await parts.worker.ending;
    await parts.registry.stop();
  }
  return tally;
}

function toKey(fault: string, round: number | string): string {
  return `${fault.replaceAll(/\W+/g, "-")}-${round}`;
}

/** Duration of a queued scan without a fault, in milliseconds. */
async function measureJob(parts: Parts): Promise<number> {
  const source = await queueScan(parts, "measured");
  const started = performance.now();
  const { state } = await waitForEnd(parts.home, source);
  if (state !== "done") throw new Error(`a queued scan without any fault is ${state}`);
  return performance.now() - started;
}

interface Round {
  readonly fault: QueueFault;
  readonly parts: Parts;
  /** Milliseconds after the scan was queued. */
  readonly moment: number;
  readonly key: string;
  readonly tally: Tally;
}

async function strikeJob({ fault, parts, moment, key, tally }: Round): Promise<string[]> {
  const { home } = parts;
  const source = await queueScan(parts, key);
  await sleep(moment);
  const struckAt = Date.now();
  await fault.strike(parts);
  const job = await waitForEnd(home, source);
  tally.tried++;
  if (Date.parse(job.endedAt ?? "") > struckAt) tally.hit++;
  const { stdout } = await run(home, ["list", "--json"]);
  const missing = IMAGES.filter((image) => !stdout.includes(`/${key}/${image}:1"`));
  const isRight = job.state === "done" && missing.length === 0;
  if (isRight) tally.rightEnd++;
  const wrong = isRight ? [] : [`the job is ${job.state}; not in the list: ${missing.join(", ") || "nothing"}`];
  return [...wrong, ...(await checkAfter(home, tally))].filter((finding) => finding !== "");
}

/** Pushes two images that no round before had, and queues the scan of both; returns its source. */
async function queueScan({ home, registry }: Parts, key: string): Promise<string> {
  const workload = makeWorkload(key);
  for (const [i, image] of IMAGES.entries()) await registry.push(workload.sources[i]!, `${key}/${image}:1`);
  workload.remove();
  const source = `docker://${registry.host}/${key}/*`;
  const { status, stderr } = await run(home, ["scan", "--queue", source]);
  if (status !== 0) throw new Error(`the scan was not queued: ${stderr}`);
  return source;
}

/** A job when it has ended, or as it is when that takes too long. Asks through the command, as a person would. */
async function waitForEnd(home: string, source: string): Promise<EndedJob> {
  const deadline = performance.now() + MAX_END_MS;
  let job: EndedJob = { source, state: "missing", endedAt: null };
  while (performance.now() < deadline && job.endedAt === null) {
    await sleep(POLL_MS);
    const { status, stdout } = await run(home, ["jobs", "--json"]);
    // The database may be down at that moment.
    if (status === 4) continue;
    job = v.parse(jobsSchema, JSON.parse(stdout)).jobs.find((each) => each.source === source) ?? job;
  }
  return job;
}
