import { join } from "node:path";
import { mountSmallDisk } from "#testing/run/small-disk.ts";
import { type CampaignOptions, checkAfter, newTally, type Tally } from "./campaign.ts";
import { run } from "./command.ts";
import { complaints } from "./faults.ts";
import { makeWorkload } from "./workload.ts";

const DISK_MEBIBYTES = 160;
/** Twice what a scan of the workload writes: in about half of the rounds the disk is just large enough. */
const MAX_FREE_BYTES = 6 * 1024 ** 2;

/** Scans on a disk with a random number of bytes left. `undefined` if no disk may be mounted here. */
export async function fillDisks({ rounds, random }: Omit<CampaignOptions, "home">): Promise<Tally | undefined> {
  const disk = mountSmallDisk(DISK_MEBIBYTES);
  if (disk === undefined) return undefined;
  const tally = newTally("disk full");
  const home = join(disk.path, "data");
  await run(home, ["list"]);
  for (let round = 0; round < rounds; round++) {
    const workload = makeWorkload(`full-${round}`);
    const free = Math.floor(random() * MAX_FREE_BYTES);
    disk.fillUpTo(free);
    const { status, stderr } = await run(home, ["scan", ...workload.sources]);
    disk.clear();
    workload.remove();
    const wrongEnd = judge(status, stderr);
    tally.tried++;
    if (status !== 0) tally.hit++;
    if (wrongEnd === "") tally.rightEnd++;
    const findings = [wrongEnd, ...(await checkAfter(home, tally))].filter((finding) => finding !== "");
    tally.findings.push(...findings.map((finding) => `disk full, round ${round} with ${free} bytes left: ${finding}`));
  }
  disk.unmount();
  return tally;
}

function judge(status: number | null, stderr: string): string {
  if (status === 0) return "";
  if (status !== 4) return `exit ${status}: ${stderr.slice(0, 300)}`;
  if (complaints(stderr) !== 1) return `${complaints(stderr)} lines: ${stderr.slice(0, 300)}`;
  return /space|full/i.test(stderr) ? "" : `does not say that the disk is full: ${stderr.trim()}`;
}
