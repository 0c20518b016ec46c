import { hostname } from "node:os";
import type { Command } from "commander";
import { readWebhook } from "#lib/jobs/webhook/webhook-settings.ts";
import { workerPrinter } from "../jobs/worker-lines.ts";
import type { JsonOption } from "../query-command.ts";
import { print, writeJson } from "../terminal.ts";
import { type Workbench, withDatabase } from "../workbench.ts";

export function addWorkerCommand(program: Command, workbench: Workbench): void {
  program
    .command("worker")
    .description("run queued scans until Ctrl-C; start as many as you like, on any machine that reaches the database")
    .option("--json", "print which worker this is as one JSON document on standard output")
    .addHelpText("after", "\nExample:\n  DATABASE_URL=postgresql://scanner@db/stratigraph stratigraph worker")
    .action((options: JsonOption) => work(workbench, options));
}

async function work({ terminal, signal }: Workbench, { json }: JsonOption): Promise<void> {
  const webhook = readWebhook(process.env);
  return withDatabase(signal, async (database) => {
    if (json) writeJson(terminal, { host: hostname(), pid: process.pid });
    else print(terminal, "waiting for scans (stop: Ctrl-C)");
    // Loaded here: the queue takes 20 MiB of memory, which no other command needs.
    const { runWorker } = await import("#lib/jobs/worker.ts");
    await runWorker({ database, signal, onEvent: workerPrinter(terminal), webhook });
  });
}
