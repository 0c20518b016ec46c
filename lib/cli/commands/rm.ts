import type { Command } from "commander";
import { answerArtifact } from "#lib/answers/artifacts.ts";
import { findArtifact } from "#lib/db/queries/find-artifact.ts";
import { removeArtifact } from "#lib/db/write/remove-artifact.ts";
import { UsageError } from "#lib/model/problem.ts";
import { listNames } from "../list-names.ts";
import { say, writeJson } from "../terminal.ts";
import { askDatabase, type Workbench } from "../workbench.ts";

export function addRmCommand(program: Command, workbench: Workbench): void {
  program
    .command("rm")
    .argument("<artifact>", "name, repo:tag, digest or id")
    .description("forget one artifact with all its names, and the layers and components that only it has")
    .option("--json", "one JSON document on standard output")
    .addHelpText("after", "\nExample:\n  stratigraph rm nginx:1.25")
    .action((name: string, options: { json?: boolean }) => rm(workbench, name, options.json === true));
}

/** The names that went with the one that was given: a name is a pointer, and what it pointed to is gone. */
function formatOthers(names: readonly string[], given: string): string {
  const others = names.filter((name) => name !== given);
  return others.length === 0 ? "" : `, which was also called ${listNames(others)}`;
}

function rm({ terminal, signal }: Workbench, name: string, asJson: boolean): Promise<void> {
  return askDatabase(signal, async ({ pool }) => {
    const found = await findArtifact(pool, name);
    if (found.root !== undefined) {
      throw new UsageError(`${name} is one root of ${found.name} among others: name the store to forget all of it`);
    }
    const { id, names, digest } = await answerArtifact(pool, found.id);
    await removeArtifact(pool, found.id);
    if (asJson) writeJson(terminal, { removed: { id, name: found.name, names, digest } });
    else say(terminal, `forgot ${found.name} (${digest})${formatOthers(names, found.name)}`);
  });
}
