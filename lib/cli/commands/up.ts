import { existsSync, readdirSync } from "node:fs";
import type { Command } from "commander";
import { listArtifacts } from "#lib/db/queries/list-artifacts.ts";
import type { Queryable } from "#lib/db/queries/queryable.ts";
import { dataDirectory } from "#lib/db/server/data-directory.ts";
import { buildSampleImages } from "#lib/sources/samples/index.ts";
import type { Transport } from "#lib/sources/transport.ts";
import { TRANSPORTS } from "#lib/sources/transports.ts";
import { sayNextStep } from "../next-step.ts";
import { openBrowser } from "../open-browser.ts";
import { collect } from "../option-values.ts";
import { type ScanOptions, scanSources } from "../scan/scan-sources.ts";
import { formatSourceHelp } from "../scan/source-help.ts";
import { say, writeJson } from "../terminal.ts";
import { userEnvironment, type Workbench, withDatabase } from "../workbench.ts";
import { openPageServer, printAddress, stayUp } from "./serve.ts";

interface UpOptions extends ScanOptions {
  json?: boolean;
  open?: boolean;
}

export function addUpCommand(program: Command, workbench: Workbench): void {
  program
    .command("up")
    .argument(
      "[source...]",
      "what to scan, see Sources below; default: this machine's stores, or three sample images if the database is empty",
    )
    .description("the whole thing on one machine: database, migrations, scans, server; prints the address")
    .option("--name <name>", "what to call the artifact")
    .option("--platform <os/arch[/variant]>", "which image of an index (default: this machine's; or all)")
    .option("--root <store-path>", "only the closure of this store path (repeatable)", collect)
    .option("--files", "also hash the files of a store's items, so that they can be compared and shared file by file")
    .option("--open", "open the address in a browser")
    .option("--json", "one JSON document on standard output, once all is scanned: the address")
    .addHelpText("after", formatSourceHelp)
    .addHelpText("after", "\nExample:\n  npm start -- docker-archive:image.tar")
    .action((sources: string[], options: UpOptions) => up(workbench, sources, options));
}

function up(workbench: Workbench, sources: readonly string[], options: UpOptions): Promise<void> {
  return withDatabase(workbench.signal, async (database) => {
    const { terminal } = workbench;
    // First, since it says at once what is wrong with HOST or PORT; a scan may take minutes.
    const server = await openPageServer(process.env, terminal);
    try {
      // A person looks at the pages meanwhile; a script wants to know when all is there.
      if (!options.json) printAddress(terminal, server);
      if (options.open) void openBrowser(terminal, server.url);
      const found = sources.length > 0 ? sources : await findSources(workbench, database.pool);
      const { artifacts } = await scanSources(workbench, database, found, options);
      if (options.json) writeJson(terminal, { url: server.url });
      else sayNextStep(terminal, artifacts);
      await stayUp(workbench, server);
    } catch (error) {
      await server.close();
      throw error;
    }
  });
}

/**
 * The stores of this machine; where there is none, sample images of what is installed here, unless there is something to look
 * at already: samples that somebody has removed stay away.
 */
async function findSources({ terminal }: Workbench, db: Queryable): Promise<string[]> {
  const stores = TRANSPORTS.filter(isUsedHere);
  if (stores.length > 0) return stores.map(({ name }) => `${name}:`);
  if ((await listArtifacts(db, { limit: 1 })).matching > 0) return [];
  say(terminal, "no store on this machine: showing three sample images of the packages installed with Stratigraph");
  return [`oci:${await buildSampleImages(dataDirectory())}`];
}

/** Whether this machine has such a store with items in it. A store that was never used contains only `.links`. */
function isUsedHere({ itemsDir, recognises }: Transport): boolean {
  if (itemsDir === undefined || !recognises?.("/", userEnvironment()) || !existsSync(itemsDir)) return false;
  return readdirSync(itemsDir).some((name) => !name.startsWith("."));
}
