import type { Command } from "commander";
import type { Pool } from "pg";
import { ENGINE_VERSION } from "#lib/db/engine-version.ts";
import { listArtifactKinds } from "#lib/db/queries/list-artifact-kinds.ts";
import { listMigrations } from "#lib/db/queries/list-migrations.ts";
import { repackItems } from "#lib/db/write/write-store-files.ts";
import { measureAgain } from "#lib/scan/measure-again.ts";
import { repackFiles } from "#lib/scan/repack-files.ts";
import { say, sayProgress, type Terminal, writeJson } from "../terminal.ts";
import { askDatabase, type Workbench } from "../workbench.ts";

interface MigrateOptions {
  json?: boolean;
  rebuild?: boolean;
}

export function addMigrateCommand(program: Command, workbench: Workbench): void {
  program
    .command("migrate")
    .description("bring the database's tables up to date (every command does so first)")
    .option("--rebuild", "derive sizes and drawings anew from the tables, whatever version made them")
    .option("--json", "one JSON document on standard output")
    .addHelpText("after", "\nExample:\n  DATABASE_URL=postgresql://db.example/stratigraph stratigraph migrate")
    .action((options: MigrateOptions) => migrate(workbench, options));
}

/** Opening the database is what migrates it. */
function migrate({ terminal, signal }: Workbench, options: MigrateOptions): Promise<void> {
  return askDatabase(signal, async ({ pool }) => {
    const migrations = await listMigrations(pool);
    const rebuilt = options.rebuild ? await rebuild(terminal, pool) : 0;
    if (options.json) writeJson(terminal, { migrations, rebuilt, engineVersion: ENGINE_VERSION });
    else
      say(
        terminal,
        `the tables are up to date: ${migrations.join(", ")}${rebuilt > 0 ? `; ${rebuilt} graphs rebuilt` : ""}`,
      );
  });
}

async function rebuild(terminal: Terminal, pool: Pool): Promise<number> {
  const artifacts = await listArtifactKinds(pool);
  for (const [i, { id, kind }] of artifacts.entries()) {
    sayProgress(terminal, `rebuilding graph ${i + 1} of ${artifacts.length}`);
    await measureAgain(pool, id);
    if (kind === "image") await repackFiles(pool, id);
  }
  await repackItems(pool);
  sayProgress(terminal, "");
  return artifacts.length;
}
