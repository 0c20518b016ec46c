import { runWriter } from "../sink/run-writer.ts";
import type { Relayered } from "./relayer.ts";
import type { RelayerEvent, RelayerRequest } from "./relayer-request.ts";

const ENTRY = ["lib", "moves", "relayer", "relayer-process.ts"];

export interface RunRelayerOptions {
  readonly signal: AbortSignal;
  /** Called with what takes time, in words. */
  readonly onStep?: (step: string) => void;
}

/** Relayers images in a process of its own (`runWriter`). Throws as `relayer` does. */
export async function runRelayer(request: RelayerRequest, { signal, onStep }: RunRelayerOptions): Promise<Relayered> {
  let relayered: Relayered | undefined;
  const onEvent = (event: RelayerEvent) => {
    if (event.type === "done") relayered = event.relayered;
    else onStep?.(event.step);
  };
  await runWriter(ENTRY, request, { signal, onEvent, named: "the relayering process" });
  if (relayered === undefined) throw new Error("the relayering process ended without an answer");
  return relayered;
}
