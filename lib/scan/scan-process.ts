// The scanning process: `run-scan.ts` starts it.

import { openPool } from "#lib/db/server/pool.ts";
import { toUnreachable } from "#lib/db/unreachable.ts";
import { openEnvironment } from "#lib/sources/environment.ts";
import { cutArtifact } from "./cut-artifact.ts";
import type { ScanEvent } from "./scan-event.ts";
import type { StoredTask } from "./scan-request.ts";
import { scanSource } from "./scan-source.ts";
import { type ProcessTools, serveProcess } from "./serve-process.ts";

serveProcess<StoredTask, ScanEvent>(async (task, processTools) => {
  try {
    await perform(task, processTools);
  } catch (error) {
    throw toUnreachable(error) ?? error;
  }
});

async function perform({ task, databaseUrl }: StoredTask, processTools: ProcessTools<ScanEvent>): Promise<void> {
  const pool = openPool(databaseUrl);
  const environment = openEnvironment(task.request.access, () => process.stdin);
  const tools = { ...processTools, pool, environment };
  try {
    if (task.kind === "scan") await scanSource({ ...task.request, ...tools });
    else if (task.kind === "file") await (await import("./read-file.ts")).readFile({ ...task.request, ...tools });
    else await cutArtifact({ ...task.request, ...tools });
  } finally {
    await pool.end();
  }
}
