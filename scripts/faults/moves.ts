import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { mountSmallDisk } from "#testing/run/small-disk.ts";
import { type CampaignOptions, findOrphans, newTally, type Tally } from "./campaign.ts";
import { childrenOf, type Ending, type Running, signalGroup, signalProcess, titleOf } from "./command.ts";
import { complaints } from "./faults.ts";
import { listFiles, Moves } from "./move-workload.ts";

type MoveOptions = Pick<CampaignOptions, "rounds" | "random">;

/** A kill of a command that writes images. */
export interface MoveKill {
  readonly name: string;
  strike(move: Running): void;
  /** What is wrong with how the struck command ended; "" if nothing is. */
  judge(ending: Ending): string;
  /** Nothing was left that could remove what was begun: the next run does. */
  readonly leavesPartial?: boolean;
}

const died: MoveKill["judge"] = ({ status, signal }) => (signal === "SIGKILL" || status === 0 ? "" : `exit ${status}`);

export const MOVE_KILLS: readonly MoveKill[] = [
  {
    name: "SIGTERM of a move",
    strike: ({ child }) => void signalProcess(child.pid!, "SIGTERM"),
    // Before our own code runs, nothing catches the signal and there is nothing to clean up.
    judge: ({ status, signal }) =>
      status === 0 || status === 130 || signal === "SIGTERM" ? "" : `exit ${status} ${signal}`,
  },
  {
    name: "kill -9 of a move",
    strike: ({ child }) => void signalProcess(child.pid!, "SIGKILL"),
    judge: died,
  },
  {
    name: "kill -9 of a process that writes",
    strike: ({ child }) => {
      for (const pid of writersOf(child.pid!)) signalProcess(pid, "SIGKILL");
    },
    judge: ({ status, stderr }) => {
      if (status === 0) return "";
      return status === 4 && complaints(stderr) === 1 ? "" : `exit ${status}: ${stderr}`;
    },
  },
  {
    name: "kill -9 of a move with its process",
    strike: ({ child }) => signalGroup(child, "SIGKILL"),
    judge: died,
    leavesPartial: true,
  },
];

const writersOf = (pid: number) => childrenOf(pid).filter((child) => /re(base|layer)-process/.test(titleOf(child)));

const DISK_MEBIBYTES = 64;
/** Twice what a move writes, with what it needs meanwhile. */
const MAX_FREE_BYTES = 80_000_000;

/** Strikes one move per round, each at a random moment, and runs it again. */
export async function runMoveCampaign(kill: MoveKill, { rounds, random }: MoveOptions): Promise<Tally> {
  const tally = newTally(kill.name);
  const moves = await Moves.open();
  for (let round = 0; round < rounds; round++) {
    const { move, whole } = moves.pick(random);
    const folder = join(moves.root, `round-${round}`);
    moves.prepare(folder, move);
    const before = listFiles(folder);
    const args = move.args(move.output(folder));
    const moment = random() * whole.milliseconds * 1.05;
    const running = moves.start(args);
    await sleep(moment);
    const writers = writersOf(running.child.pid!);
    if (running.child.exitCode === null) tally.hit++;
    kill.strike(running);
    const wrongEnd = kill.judge(await running.ending);
    const orphans = await findOrphans(writers);
    const wrong = compare(listFiles(folder), { before, whole: whole.files }, kill.leavesPartial === true);
    const again = await runAgain(moves, args, { folder, whole: whole.files, tally });
    tally.tried++;
    if (wrongEnd === "") tally.rightEnd++;
    if (wrong.length + again.length === 0) tally.intact++;
    const findings = [wrongEnd, ...orphans, ...wrong, ...again].filter((finding) => finding !== "");
    const place = `${kill.name}, round ${round}, ${args[0]} to ${args.at(-1)} at ${moment.toFixed(0)} ms`;
    tally.findings.push(...findings.map((finding) => `${place}: ${finding}`));
    rmSync(folder, { recursive: true });
  }
  moves.close();
  return tally;
}

interface States {
  readonly before: ReadonlyMap<string, string>;
  readonly whole: ReadonlyMap<string, string>;
}

/** Untouched or complete; a layout that is there may have got blobs that its index does not list yet, and images lack their plan. */
function compare(found: ReadonlyMap<string, string>, { before, whole }: States, mayLeavePartial: boolean): string[] {
  const wrong: string[] = [];
  for (const [path, digest] of found) {
    const isPartial = mayLeavePartial && /\.partial(\/|$)/.test(path);
    const isKnown = before.get(path) === digest || whole.get(path) === digest;
    if (!isKnown && !isPartial) wrong.push(`${path} is neither as before nor as it should be`);
  }
  for (const path of before.keys()) if (!found.has(path)) wrong.push(`${path} is gone`);
  const isWritten = [...whole].some(([path, digest]) => isEntry(path) && found.get(path) === digest);
  const missing = [...whole.keys()].filter((path) => !path.endsWith(".plan.json") && !found.has(path));
  if (isWritten && missing.length > 0) wrong.push(`without ${missing.join(", ")}`);
  return wrong;
}

/** The file without which there is no image. */
const isEntry = (path: string) => path === "out.tar" || path.endsWith("/index.json");

/** The same command writes what is missing; if nothing is, it says so. */
async function runAgain(
  moves: Moves,
  args: readonly string[],
  { folder, whole, tally }: { folder: string; whole: ReadonlyMap<string, string>; tally: Tally },
): Promise<string[]> {
  const isWritten = [...whole].some(
    ([path, digest]) => isEntry(path) && existsSync(join(folder, path)) && listFiles(folder).get(path) === digest,
  );
  const { status, stderr, milliseconds } = await moves.run(args);
  tally.nextTimes.push(milliseconds);
  if (isWritten) return status === 2 ? [] : [`the same command ended with ${status} although it was done`];
  if (status !== 0) return [`the same command ended with ${status}: ${stderr.slice(0, 300)}`];
  const found = listFiles(folder);
  const strange = [...found.keys(), ...whole.keys()].filter((path) => found.get(path) !== whole.get(path));
  return strange.length === 0 ? [] : [`after the same command: ${strange.join(", ")}`];
}

/** Moves to a disk with a random number of bytes left. `undefined` if no disk may be mounted here. */
export async function fillMoveDisks({ rounds, random }: MoveOptions): Promise<Tally | undefined> {
  const disk = mountSmallDisk(DISK_MEBIBYTES);
  if (disk === undefined) return undefined;
  const tally = newTally("disk full under a move");
  const moves = await Moves.open();
  const folder = join(disk.path, "images");
  for (let round = 0; round < rounds; round++) {
    const { move, whole } = moves.pick(random);
    moves.prepare(folder, move);
    const before = listFiles(folder);
    const free = Math.floor(random() * MAX_FREE_BYTES);
    disk.fillUpTo(free);
    const args = move.args(move.output(folder));
    const ending = await moves.run(args);
    disk.clear();
    const wrongEnd = judgeFull(ending);
    const wrong = compare(listFiles(folder), { before, whole: whole.files }, false);
    const again = await runAgain(moves, args, { folder, whole: whole.files, tally });
    tally.tried++;
    if (ending.status !== 0) tally.hit++;
    if (wrongEnd === "") tally.rightEnd++;
    if (wrong.length + again.length === 0) tally.intact++;
    const findings = [wrongEnd, ...wrong, ...again].filter((finding) => finding !== "");
    tally.findings.push(...findings.map((finding) => `disk full, ${args.join(" ")}, ${free} bytes left: ${finding}`));
    rmSync(folder, { recursive: true });
  }
  moves.close();
  disk.unmount();
  return tally;
}

function judgeFull({ status, stderr }: Ending): string {
  if (status === 0) return "";
  const isClear = status === 4 && complaints(stderr) === 1 && stderr.includes("no space left on its disk (ENOSPC)");
  return isClear ? "" : `exit ${status}: ${stderr.slice(0, 300)}`;
}
