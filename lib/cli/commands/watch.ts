import type { Command } from "commander";
import type { Pool } from "pg";
import { listWatches } from "#lib/db/jobs/list-watches.ts";
import { formatWait } from "#lib/display/job-text.ts";
import { column, toTable } from "#lib/exports/table.ts";
import { UsageError } from "#lib/model/problem.ts";
import { formatInterval, parseInterval, type Watch } from "#lib/model/watch.ts";
import { parseSource } from "#lib/sources/parse-source.ts";
import { commandLine } from "../next-step.ts";
import { addQuery, type QueryResult } from "../query-command.ts";
import { guessTransport, toRequests } from "../scan/scan-sources.ts";
import { print, type Terminal } from "../terminal.ts";
import { userEnvironment, type Workbench } from "../workbench.ts";
import { writeTable } from "../write-table.ts";

interface WatchOptions {
  readonly every?: string;
  readonly platform?: string;
  readonly manifestsOnly?: boolean;
  readonly remove?: boolean;
}

export function addWatchCommand(program: Command, workbench: Workbench): void {
  const command = program
    .command("watch")
    .argument("[source]", "what to scan again and again, as for scan; default: list what is watched")
    .description("scan a source now and on a schedule, by the workers; a tag that moved is stored beside what it named")
    .option("--every <interval>", "30m, 6h or 1d between two scans")
    .option("--platform <os/arch[/variant]>", "which image of an index, or all (default: this machine's)")
    .option("--manifests-only", "take images by manifest and config alone, without their layers")
    .option("--remove", "stop watching the source; what was scanned stays");
  addQuery(
    command,
    workbench,
    "watch docker://debian:trixie --every 6h",
    ({ pool }, source?: string, options: WatchOptions = {}) => watch(workbench, { pool, source, options }),
  );
}

interface WatchCall {
  readonly pool: Pool;
  readonly source: string | undefined;
  readonly options: WatchOptions;
}

async function watch({ terminal }: Workbench, call: WatchCall): Promise<QueryResult> {
  const { pool, source, options } = call;
  if (source === undefined) {
    if (options.every !== undefined || options.remove) throw new UsageError("name the source: watch SOURCE --every 6h");
  } else if (options.remove) await remove(call, source);
  else await add(terminal, call, source);
  const watches = await listWatches(pool);
  return {
    json: () => ({
      watches: watches.map(({ nextAt, ...each }) => ({ ...each, nextAt: new Date(nextAt).toISOString() })),
    }),
    print: () => printWatches(terminal, watches),
  };
}

async function add(terminal: Terminal, { pool, options }: WatchCall, word: string): Promise<void> {
  if (options.every === undefined) throw new UsageError("say how often: --every 6h");
  const everyMinutes = parseInterval(options.every);
  const source = guessTransport(terminal, word);
  if (source === "docker-archive:-") throw new UsageError("standard input cannot be watched");
  parseSource(source, userEnvironment());
  const requests = await toRequests([source], options);
  // Loaded here: the queue takes 20 MiB of memory, which a list does not need.
  const { withQueue } = await import("#lib/jobs/queue.ts");
  for (const { access, ...request } of requests)
    await withQueue(pool, (queue) => queue.watch({ ...request, access: { ...access, hasStdin: false } }, everyMinutes));
}

async function remove({ pool }: WatchCall, source: string): Promise<void> {
  const found = (await listWatches(pool)).filter(
    (each) => each.source === source || each.source === `docker://${source}`,
  );
  if (found.length === 0) throw new UsageError(`${source} is not watched; ${commandLine("watch")} lists what is`);
  const { withQueue } = await import("#lib/jobs/queue.ts");
  await withQueue(pool, async (queue) => {
    for (const { key } of found) await queue.unwatch(key);
  });
}

function printWatches(terminal: Terminal, watches: readonly Watch[]): void {
  if (watches.length === 0) {
    print(terminal, `nothing is watched; ${commandLine("watch", "docker://debian:trixie", "--every", "6h")} begins`);
    return;
  }
  const now = Date.now();
  const columns = [
    column<Watch>("Source", "text", ({ source }) => source),
    column<Watch>("Every", "text", ({ everyMinutes }) => formatInterval(everyMinutes)),
    column<Watch>("Next", "text", ({ nextAt }) => `in ${formatWait(nextAt - now)}`),
    column<Watch>("Platform", "text", ({ platform }) => platform ?? "default"),
  ];
  writeTable(terminal, toTable("", columns, watches));
}
