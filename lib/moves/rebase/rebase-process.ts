// The process of a rebase: `run-rebase.ts` starts it.

import { serveProcess } from "#lib/scan/serve-process.ts";
import { openEnvironment } from "#lib/sources/environment.ts";
import { answerRebase } from "./answer-rebase.ts";
import type { RebaseEvent, RebaseRequest } from "./rebase-request.ts";

serveProcess<RebaseRequest, RebaseEvent>(async (request, tools) => {
  const environment = openEnvironment(request.access, () => process.stdin);
  const report = await answerRebase(request, { ...tools, environment });
  tools.emit({ type: "report", report });
});
