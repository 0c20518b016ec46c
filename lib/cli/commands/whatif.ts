import type { Command } from "commander";
import { answerNamedHolders } from "#lib/answers/named-holders.ts";
import type { Database } from "#lib/db/server/database.ts";
import { formatCounted } from "#lib/display/bytes.ts";
import { storeAgainstLayersWords } from "#lib/display/update-words.ts";
import { toTable } from "#lib/exports/table.ts";
import { NAMED_HOLDER_COLUMNS, UPDATE_COLUMNS, UPDATED_COLUMNS } from "#lib/exports/tables/whatif.ts";
import { toArtifactId } from "#lib/model/artifact-id.ts";
import type { NamedHolder } from "#lib/model/named-holder.ts";
import { UsageError } from "#lib/model/problem.ts";
import type { UpdateAnswer } from "#lib/model/update-cost.ts";
import { answerUpdate } from "#lib/moves/update/answer-update.ts";
import { ARTIFACTS, findArtifactSet, findOneArtifact, NODE } from "../artifact-set.ts";
import { limitOption } from "../option-values.ts";
import { addQuery } from "../query-command.ts";
import { type Terminal, writeLine } from "../terminal.ts";
import type { Workbench } from "../workbench.ts";
import { writeTable } from "../write-table.ts";

/** Rows of the text output. */
const SHOWN_HOLDERS = 40;
const SHOWN_UPDATED = 20;
const COMPONENTS = `${NODE}; NAME@VERSION for one version`;

export function addWhatifCommand(program: Command, workbench: Workbench): void {
  const whatif = program
    .command("whatif")
    .description("what the update of a component would concern and cost")
    .addHelpText("after", "\nExample:\n  stratigraph whatif holders libssl3t64@3.5.1-1");
  addHolders(whatif, workbench);
  addUpdate(whatif, workbench);
}

function addHolders(whatif: Command, workbench: Workbench): void {
  const command = whatif
    .command("holders")
    .argument("<component...>", COMPONENTS)
    .description("which stored artifacts have a component at all")
    .addOption(limitOption(SHOWN_HOLDERS));
  const query = async ({ pool }: Database, names: string[], { limit = SHOWN_HOLDERS }: { limit?: number }) => {
    const holders = await answerNamedHolders(pool, names);
    return { json: () => holdersJson(holders), print: () => printHolders(workbench.terminal, holders, limit) };
  };
  addQuery(command, workbench, "whatif holders libssl3t64@3.5.1-1", query);
}

interface UpdateOptions {
  readonly in?: string[];
  readonly to?: string[];
}

function addUpdate(whatif: Command, workbench: Workbench): void {
  const { terminal } = workbench;
  const command = whatif
    .command("update")
    .argument("<component...>", COMPONENTS)
    .description("the bytes to store and to pull again when components are updated, model by model")
    .option("--in <artifact...>", `${ARTIFACTS} (default: all that have it)`)
    .option("--to <artifact...>", "what each of these becomes, in the same order, so that the figures are measured");
  const query = async ({ pool }: Database, components: string[], options: UpdateOptions) => {
    if (options.to !== undefined && options.in === undefined) throw new UsageError("--to needs --in");
    const artifacts = options.in && (await findArtifactSet(pool, terminal, options.in));
    const to = options.to && (await Promise.all(options.to.map((name) => findOneArtifact(pool, name))));
    const answer = await answerUpdate(pool, { components, artifacts, to });
    return { json: () => answer, print: () => printUpdate(terminal, answer) };
  };
  addQuery(command, workbench, "whatif update libc6 --in nginx:1.26 --to nginx:1.27", query);
}

function printUpdate(terminal: Terminal, { artifacts, models }: UpdateAnswer): void {
  if (artifacts.length === 0) {
    writeLine(terminal, "none of these artifacts has the component");
    return;
  }
  const { model, storeBytes, pullBytes, estimated } = UPDATE_COLUMNS;
  writeTable(terminal, toTable("", Object.values(UPDATED_COLUMNS), artifacts), SHOWN_UPDATED);
  writeTable(terminal, toTable("Together", [model, storeBytes, pullBytes, estimated], models));
  const words = storeAgainstLayersWords(models);
  for (const line of words === "" ? [] : ["", words]) writeLine(terminal, line);
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
