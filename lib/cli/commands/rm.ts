import type { Command } from "commander";
import { type ArtifactAnswer, answerArtifact } from "#lib/answers/artifacts.ts";
import { answerRemoval } from "#lib/answers/freed.ts";
import type { FoundArtifact } from "#lib/db/queries/find-artifact.ts";
import type { Database } from "#lib/db/server/database.ts";
import { removeArtifact } from "#lib/db/write/remove-artifact.ts";
import { freedBytesWords } from "#lib/display/lineage-words.ts";
import { listNames } from "#lib/display/list-names.ts";
import { UsageError } from "#lib/model/problem.ts";
import { ARTIFACTS, findArtifactSet } from "../artifact-set.ts";
import { addQuery } from "../query-command.ts";
import { print, type Terminal, writeLine } from "../terminal.ts";
import type { Workbench } from "../workbench.ts";

type NamedArtifact = Pick<ArtifactAnswer, "id" | "name" | "names" | "digest">;

interface RmOptions {
  readonly dryRun?: boolean;
}

export function addRmCommand(program: Command, workbench: Workbench): void {
  const { terminal } = workbench;
  const command = program
    .command("rm")
    .argument("<artifact...>", ARTIFACTS)
    .description("delete artifacts with all their names, layers and components that no other artifact has")
    .option(
      "--dry-run",
      "delete nothing: say what it would delete, and what deleting the images themselves would free",
    );
  addQuery(command, workbench, "rm nginx:1.25", async ({ pool }, words: string[], options: RmOptions) => {
    const found = await findArtifactSet(pool, terminal, words);
    // Before the first is removed: a wrong command line removes nothing.
    const part = found.find(({ root }) => root !== undefined);
    if (part !== undefined)
      throw new UsageError(`${part.name} has more roots than this one: remove the whole store, by its name`);
    const freed = await answerRemoval(
      pool,
      found.map(({ id }) => id),
    );
    const artifacts = await removeAll(pool, terminal, found, options);
    const removed = options.dryRun ? {} : { removed: artifacts[0] };
    return {
      json: () => ({ ...removed, artifacts, freed }),
      print: () => {
        if (options.dryRun) writeLine(terminal, `deleting the images themselves ${freedBytesWords(freed)}`);
      },
    };
  });
}

async function removeAll(
  db: Database["pool"],
  terminal: Terminal,
  found: readonly FoundArtifact[],
  { dryRun = false }: RmOptions,
): Promise<NamedArtifact[]> {
  const artifacts: NamedArtifact[] = [];
  for (const { id: rowId, name } of found) {
    const { id, names, digest } = await answerArtifact(db, rowId);
    if (!dryRun) await removeArtifact(db, rowId);
    print(terminal, `${dryRun ? "would remove" : "removed"} ${name} (${digest})${formatOthers(names, name)}`);
    artifacts.push({ id, name, names, digest });
  }
  return artifacts;
}

/** The other names of a removed artifact, which are removed with it. */
function formatOthers(names: readonly string[], given: string): string {
  const others = names.filter((name) => name !== given);
  return others.length === 0 ? "" : `, which was also called ${listNames(others)}`;
}
