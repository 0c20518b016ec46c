import { existsSync, readdirSync } from "node:fs";
import type { Command } from "commander";
import { dataDirectory } from "#lib/db/server/data-directory.ts";
import { buildSampleImages } from "#lib/sources/samples/index.ts";
import { collect } from "../option-values.ts";
import { type ScanOptions, scanSources } from "../scan/scan-sources.ts";
import { say } from "../terminal.ts";
import { type Workbench, withDatabase } from "../workbench.ts";
import { openPageServer, stayUp } from "./serve.ts";

/** Stores that are scanned where no source is named, and how we know that one is there with something in it. */
const STORES = [
  { source: "nix-store:", database: "/nix/var/nix/db/db.sqlite", items: "/nix/store" },
  { source: "guix-store:", database: "/var/guix/db/db.sqlite", items: "/gnu/store" },
];

export function addUpCommand(program: Command, workbench: Workbench): void {
  program
    .command("up")
    .argument("[source...]", "what to scan first; without any the machine's stores, or else three sample images")
    .description("the whole thing on one machine: database, migrations, scans, server; prints the address")
    .option("--name <name>", "what to call the artifact")
    .option("--platform <os/arch[/variant]>", "which image of an index (default: this machine's; or all)")
    .option("--root <store-path>", "only the closure of this store path (repeatable)", collect)
    .option("--files", "also hash the files of a store's items, so that they can be compared and shared file by file")
    .option("--json", "one JSON document on standard output: the address")
    .addHelpText("after", "\nExample:\n  npm start -- docker-archive:image.tar")
    .action((sources: string[], options: ScanOptions & { json?: boolean }) => up(workbench, sources, options));
}

function up(
  workbench: Workbench,
  sources: readonly string[],
  options: ScanOptions & { json?: boolean },
): Promise<void> {
  return withDatabase(async (database) => {
    // First, since it says at once what is wrong with HOST or PORT; a scan may take minutes.
    const server = await openPageServer(process.env, workbench.terminal);
    try {
      await scanSources(workbench, database, sources.length > 0 ? sources : await findSources(workbench), options);
      await stayUp(workbench, server, options.json === true);
    } catch (error) {
      await server.close();
      throw error;
    }
  });
}

/** The stores of this machine; where there is none, sample images of what is installed here. */
async function findSources({ terminal }: Workbench): Promise<string[]> {
  const stores = STORES.filter(({ database, items }) => existsSync(database) && hasItems(items));
  if (stores.length > 0) return stores.map(({ source }) => source);
  say(terminal, "no store on this machine: showing three sample images of the packages installed with Stratigraph");
  return [`oci:${await buildSampleImages(dataDirectory())}`];
}

/** A store that was installed and never used has only its `.links`. */
function hasItems(storeDir: string): boolean {
  return existsSync(storeDir) && readdirSync(storeDir).some((name) => !name.startsWith("."));
}
