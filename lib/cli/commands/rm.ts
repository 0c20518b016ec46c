import type { Command } from "commander";
import { findArtifact } from "#lib/db/queries/find-artifact.ts";
import { removeArtifact } from "#lib/db/write/remove-artifact.ts";
import { toArtifactId } from "#lib/model/artifact-id.ts";
import { UsageError } from "#lib/model/problem.ts";
import { say, writeJson } from "../terminal.ts";
import { type Workbench, withDatabase } from "../workbench.ts";

export function addRmCommand(program: Command, workbench: Workbench): void {
  program
    .command("rm")
    .argument("<artifact>", "name, repo:tag, digest or id")
    .description("forget one artifact, and the layers and components that only it has")
    .option("--json", "one JSON document on standard output")
    .addHelpText("after", "\nExample:\n  stratigraph rm nginx:1.25")
    .action((name: string, options: { json?: boolean }) => rm(workbench, name, options.json === true));
}

function rm({ terminal }: Workbench, name: string, asJson: boolean): Promise<void> {
  return withDatabase(async ({ pool }) => {
    const found = await findArtifact(pool, name);
    if (found.root !== undefined) {
      throw new UsageError(`${name} is one root of ${found.name} among others: name the store to forget all of it`);
    }
    await removeArtifact(pool, found.id);
    if (asJson)
      writeJson(terminal, { removed: { id: toArtifactId(found.digest), name: found.name, digest: found.digest } });
    else say(terminal, `forgot ${found.name} (${found.digest})`);
  });
}
