import type { Command } from "commander";
import { prepareScan } from "#lib/scan/run-scan.ts";
import { printNextStep } from "../next-step.ts";
import { toChunkSizes } from "../option-values.ts";
import type { JsonOption } from "../query-command.ts";
import { addScanOptions, type ScanOptions } from "../scan/scan-options.ts";
import { scanSources } from "../scan/scan-sources.ts";
import { writeJson } from "../terminal.ts";
import { userAccess, type Workbench, withDatabase } from "../workbench.ts";

export function addScanCommand(program: Command, workbench: Workbench): void {
  const command = program
    .command("scan")
    .argument("<source...>", "what to scan, see Sources below")
    .description("scan images and stores into the database; the same content twice is a no-op");
  addScanOptions(command)
    .option("--chunks", "also cut the files into chunks, for the chunk rung of savings")
    .option("--chunk-sizes <min/average/max>", "chunks of these sizes in KiB (default: 16/64/256)", toChunkSizes)
    .option("--queue", "do not scan now: leave it to a worker")
    .option("--json", "one JSON document on standard output")
    .addHelpText("after", "\nExample:\n  docker save nginx:1.27 | stratigraph scan docker-archive:-")
    .action((sources: string[], options: ScanCommandOptions) =>
      options.queue ? queue(workbench, sources, options) : scan(workbench, sources, options),
    );
}

interface ScanCommandOptions extends ScanOptions, JsonOption {
  readonly queue?: boolean;
}

/** Loads the queue, which takes 20 MiB of memory, only if it is asked for. */
async function queue(workbench: Workbench, sources: readonly string[], options: ScanCommandOptions): Promise<void> {
  const { queueScans } = await import("../scan/queue-scans.ts");
  await queueScans(workbench, sources, options);
}

function scan(workbench: Workbench, sources: readonly string[], options: ScanCommandOptions): Promise<void> {
  // It loads its modules while the database is opened.
  const prepared = prepareScan(userAccess());
  return withDatabase(workbench.signal, async (database) => {
    const report = await scanSources(workbench, database, sources, { ...options, prepared });
    if (options.json) writeJson(workbench.terminal, report);
    else printNextStep(workbench.terminal, report.artifacts);
  }).finally(() => prepared.child.kill("SIGKILL"));
}
