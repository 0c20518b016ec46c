import type { Command } from "commander";
import { answerArtifacts } from "#lib/answers/artifacts.ts";
import { type ArtifactFilter, type ArtifactRow, listArtifacts } from "#lib/db/queries/list-artifacts.ts";
import { artifactKind } from "#lib/display/artifact-kind.ts";
import { listNames } from "#lib/display/list-names.ts";
import { relativeTime } from "#lib/display/relative-time.ts";
import { type Column, toTable } from "#lib/exports/table.ts";
import { ARTIFACT_COLUMNS, ARTIFACT_SIZE } from "#lib/exports/tables/artifacts.ts";
import { toArtifactId } from "#lib/model/artifact-id.ts";
import type { ArtifactKind } from "#lib/model/artifact-label.ts";
import { listVersions } from "../list-versions.ts";
import { commandLine } from "../next-step.ts";
import { ALL_ROWS, choiceOption } from "../option-values.ts";
import { addQuery } from "../query-command.ts";
import { print, type Terminal } from "../terminal.ts";
import type { Workbench } from "../workbench.ts";
import { writeTable } from "../write-table.ts";

/** Narrower terminals get fewer columns. */
const MIN_WIDE = 100;

interface ListOptions {
  readonly sort: "name" | "bytes" | "scanned" | "wasted";
  readonly filter?: string;
  readonly kind?: ArtifactKind;
  readonly versions?: string;
}

export function addListCommand(program: Command, workbench: Workbench): void {
  const command = program
    .command("list")
    .description("the scanned artifacts, the newest first")
    .addOption(choiceOption("--sort <key>", "order", ["name", "bytes", "scanned", "wasted"]).default("scanned"))
    .option("--filter <text>", "only names that contain this text, or match it if it contains a *")
    .addOption(choiceOption("--kind <kind>", "only images, closures or SBOMs", ["image", "closure", "sbom"]))
    .option("--versions <name>", "instead what a name referred to over time, or any tag of a repository");
  addQuery(command, workbench, "list --filter 'shop/*' --sort bytes", async ({ pool }, options: ListOptions) => {
    const { sort, filter: text, kind, versions } = options;
    if (versions !== undefined) return listVersions(pool, workbench.terminal, versions);
    const filter: ArtifactFilter = { text, kind, sort, direction: sort === "name" ? "asc" : "desc", limit: ALL_ROWS };
    const { rows } = await listArtifacts(pool, filter);
    return {
      json: async () => {
        const ids = rows.map(({ id }) => id);
        const answers = await answerArtifacts(pool, ids);
        return { artifacts: ids.flatMap((id) => answers.get(id) ?? []) };
      },
      print: () => {
        if (rows.length > 0) printText(workbench.terminal, rows);
        else print(workbench.terminal, emptyNotice(options));
      },
    };
  });
}

function printText(terminal: Terminal, rows: readonly ArtifactRow[]): void {
  const { digest, kind, name, wastedSize, layers, nodes, platform, scannedAt } = ARTIFACT_COLUMNS;
  const wide = (terminal.width ?? MIN_WIDE) >= MIN_WIDE ? [layers, nodes, platform] : [];
  const columns: Column<ArtifactRow>[] = [
    { ...digest, name: "Id", shown: (row) => toArtifactId(row.digest) },
    kind,
    // A dash for an artifact whose names have all moved on: its id is in the first column.
    { ...name, shown: ({ names, nameCount }) => (nameCount === 0 ? null : listNames(names, nameCount)) },
    ARTIFACT_SIZE,
    wastedSize,
    ...wide,
    { ...scannedAt, shown: (row) => relativeTime(row.scannedAt, Date.now()) },
  ];
  writeTable(terminal, toTable("", columns, rows));
}

function emptyNotice({ filter, kind }: ListOptions): string {
  return filter === undefined && kind === undefined
    ? `nothing is scanned yet: ${commandLine("scan", "docker-archive:image.tar")}`
    : `no ${kind === undefined ? "artifact" : artifactKind({ kind })} matches; ${commandLine("list")} lists all artifacts`;
}
