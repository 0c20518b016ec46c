import type { MachineOffer } from "#lib/model/machine-offer.ts";
import { InputError, UnreachableError } from "#lib/model/problem.ts";
import { listEngine } from "#lib/sources/engine/list-engine.ts";
import { surveyStores } from "#lib/sources/store/survey-stores.ts";

/** What can be scanned on this machine, each with the bytes that a scan would read. Nothing of it is read. */
export async function surveyMachine(signal: AbortSignal): Promise<MachineOffer[]> {
  const [engine, stores] = await Promise.all([surveyEngine(signal), surveyStores()]);
  return [engine, ...stores];
}

async function surveyEngine(signal: AbortSignal): Promise<MachineOffer> {
  try {
    return await listEngine(process.env, signal);
  } catch (error) {
    if (!(error instanceof UnreachableError) && !(error instanceof InputError)) throw error;
    return { kind: "missing", label: "Docker or Podman", source: "docker-daemon:", line: error.message };
  }
}
