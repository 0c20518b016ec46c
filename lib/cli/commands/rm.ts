import type { Command } from "commander";
import type { Pool } from "pg";
import { answerArtifact } from "#lib/answers/artifacts.ts";
import type { FoundArtifact } from "#lib/db/queries/find-artifact.ts";
import { removeArtifact } from "#lib/db/write/remove-artifact.ts";
import { UsageError } from "#lib/model/problem.ts";
import { findArtifactSet } from "../artifact-set.ts";
import { listNames } from "../list-names.ts";
import { say, type Terminal, writeJson } from "../terminal.ts";
import { askDatabase, type Workbench } from "../workbench.ts";

export function addRmCommand(program: Command, workbench: Workbench): void {
  program
    .command("rm")
    .argument("<artifact...>", "names, patterns like api-*, repo:tags, digests or ids")
    .description("forget artifacts with all their names, and the layers and components that only they have")
    .option("--json", "one JSON document on standard output")
    .addHelpText("after", "\nExample:\n  stratigraph rm nginx:1.25")
    .action((names: string[], options: { json?: boolean }) => rm(workbench, names, options.json === true));
}

/** The names that went with the one that was given: a name is a pointer, and what it pointed to is gone. */
function formatOthers(names: readonly string[], given: string): string {
  const others = names.filter((name) => name !== given);
  return others.length === 0 ? "" : `, which was also called ${listNames(others)}`;
}

function rm({ terminal, signal }: Workbench, words: readonly string[], asJson: boolean): Promise<void> {
  return askDatabase(signal, async ({ pool }) => {
    const found = await findArtifactSet(pool, terminal, words);
    // Before the first is removed: a wrong command line removes nothing.
    for (const artifact of found) refuseRoot(artifact);
    const artifacts: Removed[] = [];
    for (const artifact of found) artifacts.push(await remove(terminal, pool, artifact));
    if (asJson) writeJson(terminal, { removed: artifacts[0], artifacts });
  });
}

function refuseRoot({ name, root }: FoundArtifact): void {
  if (root === undefined) return;
  throw new UsageError(`this is one root of ${name} among others: name the store to forget all of it`);
}

interface Removed {
  readonly id: string;
  readonly name: string;
  readonly names: readonly string[];
  readonly digest: string;
}

async function remove(terminal: Terminal, pool: Pool, found: FoundArtifact): Promise<Removed> {
  const { id, names, digest } = await answerArtifact(pool, found.id);
  await removeArtifact(pool, found.id);
  say(terminal, `forgot ${found.name} (${digest})${formatOthers(names, found.name)}`);
  return { id, name: found.name, names, digest };
}
