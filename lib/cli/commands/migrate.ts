import type { Command } from "commander";
import { say, writeJson } from "../terminal.ts";
import { type Workbench, withDatabase } from "../workbench.ts";

export function addMigrateCommand(program: Command, workbench: Workbench): void {
  program
    .command("migrate")
    .description("bring the database's tables up to date (every command does so first)")
    .option("--json", "one JSON document on standard output")
    .addHelpText("after", "\nExample:\n  DATABASE_URL=postgresql://db.example/stratigraph stratigraph migrate")
    .action((options: { json?: boolean }) => migrate(workbench, options.json === true));
}

/** Opening the database is what migrates it. */
function migrate({ terminal }: Workbench, asJson: boolean): Promise<void> {
  return withDatabase(async ({ pool }) => {
    const { rows } = await pool.query<{ name: string }>(
      "SELECT migration_name AS name FROM _prisma_migrations WHERE finished_at IS NOT NULL ORDER BY migration_name",
    );
    const migrations = rows.map((row) => row.name);
    if (asJson) writeJson(terminal, { migrations });
    else say(terminal, `the tables are up to date: ${migrations.join(", ")}`);
  });
}
