import { existsSync } from "node:fs";
import type { Command } from "commander";
import type { Pool } from "pg";
import { dataDirectory } from "#lib/db/server/data-directory.ts";
import { buildSampleImages } from "#lib/sources/samples/index.ts";
import { collect } from "../option-values.ts";
import { type ScanOptions, scanSources } from "../scan/scan-sources.ts";
import { say } from "../terminal.ts";
import { type Workbench, withDatabase } from "../workbench.ts";
import { openPageServer, stayUp } from "./serve.ts";

/** Stores that are scanned where no source is named, and how we know that one is there. */
const STORES = [
  { source: "nix-store:", database: "/nix/var/nix/db/db.sqlite" },
  { source: "guix-store:", database: "/var/guix/db/db.sqlite" },
];

export function addUpCommand(program: Command, workbench: Workbench): void {
  program
    .command("up")
    .argument("[source...]", "what to scan first; without any the machine's stores, or else three sample images")
    .description("the whole thing on one machine: database, migrations, scans, server; prints the address")
    .option("--name <name>", "what to call the artifact")
    .option("--platform <os/arch[/variant]>", "which image of an index (default: this machine's; or all)")
    .option("--root <store-path>", "only the closure of this store path (repeatable)", collect)
    .option("--json", "one JSON document on standard output: the address")
    .addHelpText("after", "\nExample:\n  npm start -- docker-archive:image.tar")
    .action((sources: string[], options: ScanOptions & { json?: boolean }) => up(workbench, sources, options));
}

function up(
  workbench: Workbench,
  sources: readonly string[],
  options: ScanOptions & { json?: boolean },
): Promise<void> {
  return withDatabase(async ({ pool }) => {
    // The pages get ready while the scans run; a person waits for the later of the two.
    const opening = openPageServer(process.env);
    opening.catch(() => undefined);
    if (sources.length > 0) await scanSources(workbench, pool, sources, options);
    else await scanThisMachine(workbench, pool, options);
    await stayUp(workbench, await opening, options.json === true);
  });
}

/** Scans the stores of this machine; where there is none with anything in it, sample images of what is installed here. */
async function scanThisMachine(workbench: Workbench, pool: Pool, options: ScanOptions): Promise<void> {
  const stores = STORES.filter(({ database }) => existsSync(database)).map(({ source }) => source);
  const { artifacts } = await scanSources(workbench, pool, stores, options);
  if (artifacts.some(({ nodeCount }) => nodeCount > 0)) return;
  say(
    workbench.terminal,
    "no store on this machine: showing three sample images of the packages installed with Stratigraph",
  );
  await scanSources(workbench, pool, [`oci:${await buildSampleImages(dataDirectory())}`], options);
}
