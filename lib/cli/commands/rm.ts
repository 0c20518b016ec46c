import type { Command } from "commander";
import { type ArtifactAnswer, answerArtifact } from "#lib/answers/artifacts.ts";
import { removeArtifact } from "#lib/db/write/remove-artifact.ts";
import { listNames } from "#lib/display/list-names.ts";
import { UsageError } from "#lib/model/problem.ts";
import { ARTIFACTS, findArtifactSet } from "../artifact-set.ts";
import { addQuery } from "../query-command.ts";
import { print } from "../terminal.ts";
import type { Workbench } from "../workbench.ts";

export function addRmCommand(program: Command, workbench: Workbench): void {
  const { terminal } = workbench;
  const command = program
    .command("rm")
    .argument("<artifact...>", ARTIFACTS)
    .description("delete artifacts with all their names, layers and components that no other artifact has");
  addQuery(command, workbench, "rm nginx:1.25", async ({ pool }, words: string[]) => {
    const found = await findArtifactSet(pool, terminal, words);
    // Before the first is removed: a wrong command line removes nothing.
    const part = found.find(({ root }) => root !== undefined);
    if (part !== undefined)
      throw new UsageError(`${part.name} has more roots than this one: remove the whole store, by its name`);
    const artifacts: Pick<ArtifactAnswer, "id" | "name" | "names" | "digest">[] = [];
    for (const { id: rowId, name } of found) {
      const { id, names, digest } = await answerArtifact(pool, rowId);
      await removeArtifact(pool, rowId);
      print(terminal, `removed ${name} (${digest})${formatOthers(names, name)}`);
      artifacts.push({ id, name, names, digest });
    }
    return { json: () => ({ removed: artifacts[0], artifacts }), print: () => undefined };
  });
}

/** The other names of a removed artifact, which are removed with it. */
function formatOthers(names: readonly string[], given: string): string {
  const others = names.filter((name) => name !== given);
  return others.length === 0 ? "" : `, which was also called ${listNames(others)}`;
}
