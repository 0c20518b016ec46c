import type { Command } from "commander";
import type { Pool } from "pg";
import { ENGINE_VERSION } from "#lib/db/engine-version.ts";
import { repackItems } from "#lib/db/write/write-store-files.ts";
import { repackFiles } from "#lib/scan/repack-files.ts";
import { measureAgain } from "../scan/renew-measures.ts";
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
    const { rows } = await pool.query<{ name: string }>(
      "SELECT migration_name AS name FROM _prisma_migrations WHERE finished_at IS NOT NULL ORDER BY migration_name",
    );
    const migrations = rows.map((row) => row.name);
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
  const { rows } = await pool.query<{ id: number; kind: string }>("SELECT id, kind FROM artifact ORDER BY id");
  for (const [i, { id, kind }] of rows.entries()) {
    sayProgress(terminal, `rebuilding graph ${i + 1} of ${rows.length}`);
    await measureAgain(pool, id);
    if (kind === "image") await repackFiles(pool, id);
  }
  await repackItems(pool);
  sayProgress(terminal, "");
  return rows.length;
}
