import { withQueue } from "#lib/jobs/queue.ts";
import { UsageError } from "#lib/model/problem.ts";
import { parseSource } from "#lib/sources/parse-source.ts";
import { commandLine } from "../next-step.ts";
import type { JsonOption } from "../query-command.ts";
import { print, writeJson } from "../terminal.ts";
import { userEnvironment, type Workbench, withDatabase } from "../workbench.ts";
import type { ScanOptions } from "./scan-options.ts";
import { guessTransport, toRequests } from "./scan-sources.ts";

/** Queues a scan of each source for a worker, which reads paths on its own machine. */
export async function queueScans(
  { terminal, signal }: Workbench,
  words: readonly string[],
  options: ScanOptions & JsonOption,
): Promise<void> {
  const sources = words.map((word) => guessTransport(terminal, word));
  for (const source of sources) {
    if (source === "docker-archive:-") throw new UsageError("standard input cannot be queued: scan it now");
    parseSource(source, userEnvironment());
  }
  const requests = await toRequests(sources, options);
  return withDatabase(signal, ({ pool }) =>
    withQueue(pool, async (queue) => {
      const jobs: { id: string; source: string }[] = [];
      for (const { access, ...request } of requests) {
        const id = await queue.add({ ...request, access: { ...access, hasStdin: false } });
        jobs.push({ id, source: request.source });
      }
      if (options.json) writeJson(terminal, { jobs });
      else for (const { source } of jobs) print(terminal, `${source}: queued; ${commandLine("jobs")} shows it`);
    }),
  );
}
