// The process of a relayering: `run-relayer.ts` starts it.

import { serveProcess } from "#lib/scan/serve-process.ts";
import { openEnvironment } from "#lib/sources/environment.ts";
import { parseTarget } from "../sink/image-target.ts";
import { relayer } from "./relayer.ts";
import type { RelayerEvent, RelayerRequest } from "./relayer-request.ts";

serveProcess<RelayerRequest, RelayerEvent>(async ({ sources, access, output, ...wishes }, { signal, emit }) => {
  const environment = openEnvironment(access, () => process.stdin);
  const target = output === undefined ? undefined : parseTarget(output, environment);
  const onStep = (step: string) => emit({ type: "step", step });
  const relayered = await relayer(sources, { ...wishes, environment, signal, target, onStep });
  emit({ type: "done", relayered });
});
