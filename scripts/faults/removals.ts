import { type CampaignOptions, checkAfter, newTally, type Tally } from "./campaign.ts";
import { type Ending, run } from "./command.ts";
import { makeWorkload, type Workload } from "./workload.ts";

/** How commands may end while others remove their artifacts: done, no such artifact any more, removed while it was read. */
const RIGHT_ENDS = new Set([0, 2, 4]);
const RUNS_EACH = 3;

/** `rm` beside scans of the same images and beside their readers, all at once. */
export async function removeBesideReaders({ home, rounds }: CampaignOptions): Promise<Tally> {
  const tally = newTally("rm beside scans and readers");
  for (let round = 0; round < rounds; round++) {
    const workload = makeWorkload(`removed-${round}`);
    await run(home, ["scan", ...workload.sources]);
    const endings = (await Promise.all(commandsOf(workload).map((args) => repeat(home, args)))).flat();
    workload.remove();
    const wrong = endings.map(judge).filter((finding) => finding !== "");
    tally.tried += endings.length;
    tally.hit += endings.filter(({ status }) => status !== 0).length;
    tally.rightEnd += endings.length - wrong.length;
    const before = tally.intact;
    const after = (await checkAfter(home, tally)).filter((finding) => finding !== "");
    // One check of the database covers all commands of the round.
    if (tally.intact > before) tally.intact = before + endings.length;
    tally.findings.push(...[...wrong, ...after].map((finding) => `rm beside readers, round ${round}: ${finding}`));
  }
  return tally;
}

function commandsOf({ sources, names: [first = "", second = ""] }: Workload): string[][] {
  return [
    ["scan", ...sources],
    ["rm", first],
    ["rm", second],
    ["show", first],
    ["diff", first, second],
    ["list", "--json"],
  ];
}

async function repeat(home: string, args: readonly string[]): Promise<Ending[]> {
  const endings: Ending[] = [];
  for (let i = 0; i < RUNS_EACH; i++) endings.push(await run(home, args));
  return endings;
}

function judge({ status, signal, stderr, milliseconds }: Ending): string {
  // Only `run` itself sends one here, to a command past its limit: the time shows whether it hung or was slow.
  if (signal !== null) return `ended by ${signal} after ${(milliseconds / 1000).toFixed(0)} s: ${stderr.slice(0, 300)}`;
  return status !== null && RIGHT_ENDS.has(status) ? "" : `exit ${status}: ${stderr.slice(0, 300)}`;
}
