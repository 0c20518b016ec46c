import type { Command } from "commander";
import type { Pool } from "pg";
import { ENGINE_VERSION } from "#lib/db/engine-version.ts";
import { listArtifactKinds } from "#lib/db/queries/list-artifact-kinds.ts";
import { listMigrations } from "#lib/db/queries/list-migrations.ts";
import { repackItems } from "#lib/db/write/write-store-files.ts";
import { measureAgain } from "#lib/scan/measure-again.ts";
import { repackFiles } from "#lib/scan/repack-files.ts";
import { addQuery } from "../query-command.ts";
import { print, printProgress, type Terminal } from "../terminal.ts";
import type { Workbench } from "../workbench.ts";

export function addMigrateCommand(program: Command, workbench: Workbench): void {
  const { terminal } = workbench;
  const command = program
    .command("migrate")
    .description("bring the database's tables up to date (every command does so first)")
    .option("--rebuild", "recompute sizes and drawings from the tables, whatever version computed them");
  // Opening the database migrates it.
  addQuery(command, workbench, "migrate --rebuild", async ({ pool }, options: { rebuild?: boolean }) => {
    const migrations = await listMigrations(pool);
    const rebuilt = options.rebuild ? await rebuild(terminal, pool) : 0;
    const graphs = rebuilt > 0 ? `; ${rebuilt} graphs rebuilt` : "";
    return {
      json: () => ({ migrations, rebuilt, engineVersion: ENGINE_VERSION }),
      print: () => print(terminal, `the tables are up to date: ${migrations.join(", ")}${graphs}`),
    };
  });
}

async function rebuild(terminal: Terminal, pool: Pool): Promise<number> {
  const artifacts = await listArtifactKinds(pool);
  for (const [i, { id, kind }] of artifacts.entries()) {
    printProgress(terminal, `rebuilding graph ${i + 1} of ${artifacts.length}`);
    await measureAgain(pool, id);
    if (kind === "image") await repackFiles(pool, id);
  }
  await repackItems(pool);
  printProgress(terminal, "");
  return artifacts.length;
}
