import { readFileSync } from "node:fs";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { hostname, tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { errorCode } from "#lib/model/error-code.ts";
import { isMissing } from "#lib/sources/images/directory.ts";
import type { FileTarget, ImageTarget } from "./image-target.ts";

/** Of this machine: another one that shares the disk has other processes. */
const MACHINE = hostname().replaceAll(/[^A-Za-z0-9-]/g, "-");
const MARK = new RegExp(`^(?:members\\.)?${MACHINE}-(\\d+)\\.partial`);
const PUSHED = join(tmpdir(), "stratigraph-push");

const mark = () => `${MACHINE}-${process.pid}.partial`;

/** The folder that this process writes into before its images are finished: beside a new target, and inside a layout that is there. */
export function partialFolder(path: string, place: "beside" | "inside"): string {
  return place === "beside" ? `${path}.${mark()}` : join(path, `.${mark()}`);
}

/** Makes the folder of what is not in a registry yet. */
export function makePushFolder(): Promise<string> {
  return mkdtemp(`${PUSHED}.${mark()}-`);
}

/** A file for the members of layers, on the disk of the target. */
export function partialMembers(target: ImageTarget): string {
  return `${target.kind === "registry" ? PUSHED : target.path}.members.${mark()}`;
}

/** Removes what a process of this machine left there that was killed. */
export async function removePartial(target: ImageTarget, pid: number): Promise<void> {
  if (target.kind === "registry") await removeMarked(PUSHED, (other) => other === pid);
  else await removeBeside(target, (other) => other === pid);
}

/** Removes what earlier runs left there that were killed together with what would have removed it. */
export async function removeAbandoned(target: FileTarget): Promise<void> {
  await removeBeside(target, (pid) => pid === process.pid || !isRunning(pid));
}

async function removeBeside({ path }: FileTarget, isOver: (pid: number) => boolean): Promise<void> {
  await removeMarked(path, isOver);
  await removeMarked(`${path}/`, isOver);
}

/** `place`: a path, or a folder with a slash at its end for what is inside. */
async function removeMarked(place: string, isOver: (pid: number) => boolean): Promise<void> {
  const isInside = place.endsWith("/");
  const folder = isInside ? place : dirname(place);
  const start = isInside ? "." : `${basename(place)}.`;
  for (const name of await listNames(folder)) {
    const pid = name.startsWith(start) ? MARK.exec(name.slice(start.length))?.[1] : undefined;
    if (pid !== undefined && isOver(Number(pid))) await rm(join(folder, name), { recursive: true, force: true });
  }
}

/** Empty for a folder that is not there, or is a file. */
async function listNames(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return errorCode(error) !== "ESRCH";
  }
  return !isZombie(pid);
}

/** Whether it has ended, and its parent has not asked how: for ever, in a container whose first process asks for nothing. */
function isZombie(pid: number): boolean {
  if (process.platform !== "linux") return false;
  try {
    // "PID (NAME) STATE …", and a name may contain anything (proc_pid_stat(5)).
    const stat = readFileSync(`/proc/${pid}/stat`, "latin1");
    return stat.slice(stat.lastIndexOf(")") + 2).startsWith("Z");
  } catch (error) {
    // It has ended meanwhile.
    if (isMissing(error) || errorCode(error) === "ESRCH") return true;
    throw error;
  }
}
