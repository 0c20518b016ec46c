import type { Command } from "commander";
import { answerNamedHolders } from "#lib/answers/named-holders.ts";
import { formatCounted } from "#lib/display/bytes.ts";
import { toTable } from "#lib/exports/table.ts";
import { NAMED_HOLDER_COLUMNS } from "#lib/exports/tables/whatif.ts";
import { toArtifactId } from "#lib/model/artifact-id.ts";
import type { NamedHolder } from "#lib/model/named-holder.ts";
import { NODE } from "../artifact-set.ts";
import { limitOption } from "../option-values.ts";
import { addQuery } from "../query-command.ts";
import { type Terminal, writeLine } from "../terminal.ts";
import type { Workbench } from "../workbench.ts";
import { writeTable } from "../write-table.ts";

/** Rows of the text output. */
const SHOWN_HOLDERS = 40;

export function addWhatifCommand(program: Command, workbench: Workbench): void {
  const whatif = program
    .command("whatif")
    .description("what the update of a component would concern and cost")
    .addHelpText("after", "\nExample:\n  stratigraph whatif holders libssl3t64@3.5.1-1");
  addHolders(whatif, workbench);
}

function addHolders(whatif: Command, workbench: Workbench): void {
  const command = whatif
    .command("holders")
    .argument("<component...>", `${NODE}; NAME@VERSION for one version`)
    .description("which stored artifacts have a component at all")
    .addOption(limitOption(SHOWN_HOLDERS));
  const query = async (
    { pool }: { readonly pool: Parameters<typeof answerNamedHolders>[0] },
    names: string[],
    { limit = SHOWN_HOLDERS }: { limit?: number },
  ) => {
    const holders = await answerNamedHolders(pool, names);
    return { json: () => holdersJson(holders), print: () => printHolders(workbench.terminal, holders, limit) };
  };
  addQuery(command, workbench, "whatif holders libssl3t64@3.5.1-1", query);
}

function holdersJson(holders: readonly NamedHolder[]) {
  return {
    artifacts: [...new Set(holders.map(({ artifactDigest }) => toArtifactId(artifactDigest)))],
    holders: holders.map(({ artifactDigest, artifactName, artifactKind, identity, kind, name, version, ...sizes }) => ({
      artifact: toArtifactId(artifactDigest),
      artifactName,
      id: identity,
      kind,
      name,
      version,
      ...(artifactKind === "sbom" ? {} : { selfSize: sizes.selfSize, retainedSize: sizes.retainedSize }),
    })),
  };
}

function printHolders(terminal: Terminal, holders: readonly NamedHolder[], limit: number): void {
  const { artifact, name, version, selfSize, retainedSize } = NAMED_HOLDER_COLUMNS;
  writeTable(terminal, toTable("", [artifact, name, version, selfSize, retainedSize], holders), limit);
  const count = new Set(holders.map(({ artifactId }) => artifactId)).size;
  writeLine(terminal, "");
  writeLine(terminal, `${formatCounted(count, "artifact")} in all`);
}
