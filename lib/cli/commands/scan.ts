import type { Command } from "commander";
import { prepareScan } from "#lib/scan/run-scan.ts";
import { sayNextStep } from "../next-step.ts";
import { collect, toChunkSizes } from "../option-values.ts";
import { type ScanOptions, scanSources } from "../scan/scan-sources.ts";
import { formatSourceHelp } from "../scan/source-help.ts";
import { writeJson } from "../terminal.ts";
import { userAccess, type Workbench, withDatabase } from "../workbench.ts";

export function addScanCommand(program: Command, workbench: Workbench): void {
  program
    .command("scan")
    .argument("<source...>", "what to scan, see Sources below")
    .description("scan images and stores into the database; the same content twice is a no-op")
    .option("--name <name>", "what to call the artifact")
    .option("--platform <os/arch[/variant]>", "which image of an index (default: this machine's; or all)")
    .option("--root <store-path>", "only the closure of this store path (repeatable)", collect)
    .option("--files", "also hash the files of a store's items, so that they can be compared and shared file by file")
    .option("--chunks", "also cut the files into chunks, for the chunk rung of savings")
    .option(
      "--chunk-sizes <min/average/max>",
      "the same with sizes of your own, in KiB (default: 16/64/256)",
      toChunkSizes,
    )
    .option("--json", "one JSON document on standard output")
    .addHelpText("after", formatSourceHelp)
    .addHelpText("after", "\nExample:\n  docker save nginx:1.27 | stratigraph scan docker-archive:-")
    .action((sources: string[], options: ScanOptions & { json?: boolean }) => scan(workbench, sources, options));
}

function scan(
  workbench: Workbench,
  sources: readonly string[],
  options: ScanOptions & { json?: boolean },
): Promise<void> {
  // It loads its modules while the database is opened.
  const prepared = prepareScan(userAccess());
  return withDatabase(workbench.signal, async (database) => {
    const report = await scanSources(workbench, database, sources, { ...options, prepared });
    if (options.json) writeJson(workbench.terminal, report);
    else sayNextStep(workbench.terminal, report.artifacts);
  }).finally(() => prepared.child.kill("SIGKILL"));
}
