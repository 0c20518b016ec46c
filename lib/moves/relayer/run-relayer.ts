import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { errorCode } from "#lib/model/error-code.ts";
import { UnreachableError } from "#lib/model/problem.ts";
import { runGuarded, startProcess } from "#lib/scan/guarded-process.ts";
import { openEnvironment } from "#lib/sources/environment.ts";
import { parseTarget } from "../sink/image-target.ts";
import type { Relayered } from "./relayer.ts";
import type { RelayerEvent, RelayerRequest, RelayerTask } from "./relayer-request.ts";

const ENTRY = ["lib", "moves", "relayer", "relayer-process.ts"];
const WORDS = {
  process: "the relayering process",
  leftBehind: "nothing is written",
  whenKilled: "nothing was written: try again",
};

export interface RunRelayerOptions {
  readonly signal: AbortSignal;
  /** Called with what takes time, in words. */
  readonly onStep?: (step: string) => void;
}

/** Relayers images in a process of its own (`runGuarded`), because the layers that it reads are hostile. Throws as `relayer` does. */
export async function runRelayer(request: RelayerRequest, options: RunRelayerOptions): Promise<Relayered> {
  options.signal.throwIfAborted();
  const parent = findRoom(request);
  if (parent === undefined) return runTask({ ...request, workDir: "" }, options);
  const workDir = await makeFolder(parent);
  try {
    return await runTask({ ...request, workDir }, options);
  } finally {
    // By this process: the other one may have been killed.
    await rm(workDir, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** The folder beside what is written, where there is as much room; `undefined` if nothing is. Throws UsageError. */
function findRoom({ output, access }: RelayerRequest): string | undefined {
  if (output === undefined) return undefined;
  const target = parseTarget(output, openEnvironment(access));
  return target.kind === "registry" ? tmpdir() : dirname(target.path);
}

async function makeFolder(parent: string): Promise<string> {
  try {
    return await mkdtemp(join(parent, ".stratigraph-relayer-"));
  } catch (cause) {
    throw new UnreachableError(`${parent}: cannot be written (${errorCode(cause)})`, { cause });
  }
}

async function runTask(task: RelayerTask, { signal, onStep }: RunRelayerOptions): Promise<Relayered> {
  let relayered: Relayered | undefined;
  const onEvent = (event: RelayerEvent) => {
    if (event.type === "done") relayered = event.relayered;
    else onStep?.(event.step);
  };
  await runGuarded(startProcess(ENTRY, task.access), task, { signal, onEvent, words: WORDS });
  if (relayered === undefined) throw new Error("the relayering process ended without an answer");
  return relayered;
}
