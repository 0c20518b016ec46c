import { type GuardedOptions, runGuarded, startProcess } from "#lib/scan/guarded-process.ts";
import { openEnvironment, type SourceAccess } from "#lib/sources/environment.ts";
import { parseTarget } from "./image-target.ts";
import { removePartial } from "./partial-folder.ts";

/** A task that writes images if it says where. */
interface WriterTask {
  readonly access: SourceAccess;
  readonly output?: string | undefined;
}

export interface WriterOptions<Event> extends Omit<GuardedOptions<Event>, "words"> {
  /** The process in messages. */
  readonly named: string;
}

/**
 * Runs a task in a process of its own (`runGuarded`), because the layers that it reads are hostile, and removes what it had begun to
 * write if it was killed. `entry` as for `startProcess`. Throws as the task does.
 */
export async function runWriter<Task extends WriterTask, Event>(
  entry: readonly string[],
  task: Task,
  { named, ...options }: WriterOptions<Event>,
): Promise<void> {
  options.signal.throwIfAborted();
  const guarded = startProcess(entry, task.access);
  const leftBehind = "nothing is written";
  const words = { process: named, leftBehind, whenKilled: "nothing was written: try again" };
  try {
    await runGuarded(guarded, task, { ...options, words });
  } catch (error) {
    await guarded.ended.catch(() => undefined);
    await removeLeftovers(task, guarded.child.pid);
    throw error;
  }
}

async function removeLeftovers({ output, access }: WriterTask, pid: number | undefined): Promise<void> {
  if (output !== undefined && pid !== undefined) await removePartial(parseTarget(output, openEnvironment(access)), pid);
}
