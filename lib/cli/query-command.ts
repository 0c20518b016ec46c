import type { Command } from "commander";
import type { Database } from "#lib/db/server/database.ts";
import { writeJson } from "./terminal.ts";
import { askDatabase, type Workbench } from "./workbench.ts";

/** The result of a command: as the JSON document of `--json`, or printed as text. */
export interface QueryResult {
  readonly json: () => unknown;
  readonly print: () => void;
}

export interface JsonOption {
  readonly json?: boolean;
}

/**
 * Completes a command that asks the database: adds `--json`, an example, and the action. `query` gets the arguments of the command,
 * then its options.
 */
export function addQuery<Given extends unknown[]>(
  command: Command,
  { terminal, signal }: Workbench,
  example: string,
  query: (database: Database, ...given: Given) => Promise<QueryResult>,
): void {
  command
    .option("--json", "one JSON document on standard output")
    .addHelpText("after", `\nExample:\n  stratigraph ${example}`)
    .action((...given: Given) =>
      askDatabase(signal, async (database) => {
        const { json, print } = await query(database, ...given);
        if (command.opts<JsonOption>().json) writeJson(terminal, await json());
        else print();
      }),
    );
}
