import { existsSync, readdirSync } from "node:fs";
import type { Command } from "commander";
import { listArtifacts } from "#lib/db/queries/list-artifacts.ts";
import type { Queryable } from "#lib/db/queries/queryable.ts";
import { dataDirectory } from "#lib/db/server/data-directory.ts";
import type { Database } from "#lib/db/server/database.ts";
import { formatBytes, formatCounted } from "#lib/display/bytes.ts";
import { readWebhook, type WebhookSettings } from "#lib/jobs/webhook/webhook-settings.ts";
import type { MachineOffer } from "#lib/model/machine-offer.ts";
import { surveyMachine } from "#lib/scan/survey-machine.ts";
import { buildSampleImages } from "#lib/sources/samples/build-samples.ts";
import type { Transport } from "#lib/sources/transport.ts";
import { TRANSPORTS } from "#lib/sources/transports.ts";
import { reportFailure } from "../exit-status.ts";
import { workerPrinter } from "../jobs/worker-lines.ts";
import { commandLine, printNextStep } from "../next-step.ts";
import { openBrowser } from "../open-browser.ts";
import type { JsonOption } from "../query-command.ts";
import { addScanOptions, type ScanOptions } from "../scan/scan-options.ts";
import { scanSources } from "../scan/scan-sources.ts";
import { print, type Terminal, writeJson } from "../terminal.ts";
import { userEnvironment, type Workbench, withDatabase } from "../workbench.ts";
import { openPageServer, printAddress, serveUntilStopped, toAddresses } from "./serve.ts";

interface UpOptions extends ScanOptions, JsonOption {
  readonly open?: boolean;
}

export function addUpCommand(program: Command, workbench: Workbench): void {
  const command = program
    .command("up")
    .argument(
      "[source...]",
      "what to scan, see Sources below; default: this machine's stores, or three sample images if the database is empty",
    )
    .description("everything on one machine: database, migrations, scans, server, a worker; prints the address");
  addScanOptions(command)
    .option("--open", "open the address in a browser")
    .option("--json", "one JSON document on standard output, after the scans: the address")
    .addHelpText("after", "\nExample:\n  npm start -- docker-archive:image.tar")
    .action((sources: string[], options: UpOptions) => up(workbench, sources, options));
}

async function up(workbench: Workbench, sources: readonly string[], options: UpOptions): Promise<void> {
  const webhook = readWebhook(process.env);
  return withDatabase(workbench.signal, async (database) => {
    const { terminal } = workbench;
    // First, to report a wrong HOST or PORT at once: a scan may take minutes.
    const server = await openPageServer(terminal);
    const stopWorker = startWorker(workbench, database, webhook);
    try {
      // A user looks at the pages meanwhile; a script waits for the last scan.
      if (!options.json) printAddress(terminal, server);
      if (options.open) void openBrowser(terminal, server.url);
      const found = sources.length > 0 ? sources : await findSources(workbench, database.pool);
      const [{ artifacts }, offers] = await Promise.all([
        scanSources(workbench, database, found, options),
        sources.length > 0 ? [] : surveyMachine(workbench.signal),
      ]);
      printOffers(terminal, offers);
      if (options.json) writeJson(terminal, toAddresses(server));
      else printNextStep(terminal, artifacts);
      await serveUntilStopped(workbench, server);
    } catch (error) {
      await server.close();
      throw error;
    } finally {
      await stopWorker();
    }
  });
}

/** The command that scans this machine's engine: its stores are scanned without being asked for. */
function printOffers(terminal: Terminal, offers: readonly MachineOffer[]): void {
  for (const offer of offers) {
    if (offer.kind !== "engine" || offer.imageCount === 0) continue;
    const { label, imageCount, bytes, source } = offer;
    const what = `${label} has ${formatCounted(imageCount, "image")} (${formatBytes(bytes)} to read)`;
    print(terminal, `${what}; scan them: ${commandLine("scan", source)}`);
  }
}

/** Runs a worker in this process; returns the function that stops it. The pages work without one. */
function startWorker(
  { terminal, signal }: Workbench,
  database: Database,
  webhook: WebhookSettings | undefined,
): () => Promise<void> {
  const stop = new AbortController();
  const onEvent = workerPrinter(terminal);
  const ended = import("#lib/jobs/worker.ts")
    .then(({ runWorker }) => runWorker({ database, signal: AbortSignal.any([signal, stop.signal]), onEvent, webhook }))
    .catch((error: unknown) => void reportFailure(terminal, error));
  return () => {
    stop.abort();
    return ended;
  };
}

/**
 * The stores of this machine; without one, sample images of the installed packages, unless the database has artifacts: removed
 * samples do not come back.
 */
async function findSources({ terminal }: Workbench, db: Queryable): Promise<string[]> {
  const stores = TRANSPORTS.filter(isUsedHere);
  if (stores.length > 0) return stores.map(({ name }) => `${name}:`);
  if ((await listArtifacts(db, { limit: 1 })).matching > 0) return [];
  print(terminal, "no store on this machine: showing three sample images of the packages installed with Stratigraph");
  return [`oci:${await buildSampleImages(dataDirectory())}`];
}

/** True if this machine has such a store with items. A store that was never used contains only `.links`. */
function isUsedHere({ itemsDir, recognises }: Transport): boolean {
  if (itemsDir === undefined || !recognises?.("/", userEnvironment()) || !existsSync(itemsDir)) return false;
  return readdirSync(itemsDir).some((name) => !name.startsWith("."));
}
