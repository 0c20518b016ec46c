import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
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
const POLL_MS = 250;
/** A worker looks for jobs every second or two, and a download comes before the scan. */
const TIMES_A_SCAN = 2;
/** Longer than a registry takes to start: the scan meets a closed port. */
const REGISTRY_AWAY_MS = 500;

const jobsSchema = z.object({
  jobs: z.array(z.object({ source: z.string(), state: z.string() })),
});

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

export function canQueue(): boolean {
  return areInstalled("docker-registry", "skopeo");
}

/** Strikes one queued scan per round, at a random moment of the usual time; each job must end as if nothing had happened. */
export async function runQueueCampaign(
  fault: QueueFault,
  scanMs: number,
  { home, rounds, random }: CampaignOptions,
): Promise<Tally | undefined> {
  if (!canQueue()) return undefined;
  const tally = newTally(fault.name);
  const parts = { home, registry: await startRegistry(), worker: start(home, ["worker"]) };
  try {
    for (let round = 0; round < rounds; round++) {
      const moment = random() * scanMs * TIMES_A_SCAN;
      const findings = await strikeJob({ fault, parts, moment, key: `${round}`, tally });
      tally.findings.push(
        ...findings.map((finding) => `${fault.name}, round ${round} at ${moment.toFixed(0)} ms: ${finding}`),
      );
    }
  } finally {
    await stopWorker(parts.worker);
    await parts.registry.stop();
  }
  return tally;
}

interface Round {
  readonly fault: QueueFault;
  readonly parts: Parts;
  readonly moment: number;
  readonly key: string;
  readonly tally: Tally;
}

async function strikeJob({ fault, parts, moment, key, tally }: Round): Promise<string[]> {
  const { home, registry } = parts;
  const source = await pushWorkload(registry, `${fault.name.replaceAll(/\W+/g, "-")}-${key}`);
  const queued = await run(home, ["scan", "--queue", source]);
  if (queued.status !== 0) return [`not queued: ${queued.stderr}`];
  await sleep(moment);
  tally.tried++;
  if ((await stateOf(home, source)) === "running") tally.hit++;
  await fault.strike(parts);
  const state = await waitForEnd(home, source);
  const scanned = await run(home, ["list", "--json", "--filter", key]);
  const isRight = state === "done" && scanned.stdout.includes(source.replace("docker://", ""));
  if (isRight) tally.rightEnd++;
  const wrong = isRight ? "" : `the job is ${state}, and the list ${scanned.stdout.slice(0, 300)}`;
  return [wrong, ...(await checkAfter(home, tally))].filter((finding) => finding !== "");
}

/** Pushes one image that no round before had, and returns its source. */
async function pushWorkload(registry: TestRegistry, key: string): Promise<string> {
  const workload = makeWorkload(key);
  const name = `faults/image:${key}`;
  await registry.push(workload.sources[0]!, name);
  workload.remove();
  return `docker://${registry.host}/${name}`;
}

/** The state of a job when it has ended; "late" with its last state if it does not. */
async function waitForEnd(home: string, source: string): Promise<string> {
  const deadline = performance.now() + MAX_END_MS;
  let state = "";
  while (performance.now() < deadline) {
    state = await stateOf(home, source);
    if (state !== "waiting" && state !== "running") return state;
    await sleep(POLL_MS);
  }
  return `late: ${state}`;
}

/** Asks through the command, as a person would; while the database is away it starts it. */
async function stateOf(home: string, source: string): Promise<string> {
  const { status, stdout, stderr } = await run(home, ["jobs", "--json"]);
  if (status !== 0) return stderr.includes("database") ? "waiting" : `unknown: ${stderr}`;
  return jobsSchema.parse(JSON.parse(stdout)).jobs.find((job) => job.source === source)?.state ?? "missing";
}

async function stopWorker({ child, ending }: Running): Promise<void> {
  signalGroup(child, "SIGINT");
  await ending;
}
