import type { Command } from "commander";
import type { Pool } from "pg";
import { answerArtifact } from "#lib/answers/artifacts.ts";
import { type ArtifactRow, listArtifacts } from "#lib/db/queries/list-artifacts.ts";
import { formatBytes, formatCounted } from "#lib/display/bytes.ts";
import { relativeTime } from "#lib/display/relative-time.ts";
import { toArtifactId } from "#lib/model/artifact-id.ts";
import { GoneError } from "#lib/model/problem.ts";
import { commandLine } from "../next-step.ts";
import { choiceOption } from "../option-values.ts";
import { say, type Terminal, writeJson, writeTable } from "../terminal.ts";
import { askDatabase, type Workbench } from "../workbench.ts";

const NO_LIMIT = 1_000_000;
/** Terminals of fewer columns do not get what is marked `wide`. */
const WIDE_FROM = 100;

interface ListColumn {
  readonly heading: string;
  readonly cell: (row: ArtifactRow) => string;
  readonly right?: boolean;
  readonly wide?: boolean;
}

const NAME: ListColumn = { heading: "name", cell: formatNames };
const COLUMNS: readonly ListColumn[] = [
  { heading: "id", cell: ({ digest }) => toArtifactId(digest) },
  { heading: "kind", cell: ({ kind }) => kind },
  NAME,
  { heading: "size", right: true, cell: (row) => formatBytes(isImage(row) ? row.layersContentSize : row.closureSize) },
  { heading: "wasted", right: true, cell: (row) => (isImage(row) ? formatBytes(row.wastedSize) : "") },
  { heading: "contents", right: true, wide: true, cell: formatContents },
  { heading: "platform", wide: true, cell: ({ platform }) => platform },
  { heading: "scanned", cell: ({ scannedAt }) => relativeTime(scannedAt, Date.now()) },
];

interface ListOptions {
  sort: "name" | "bytes" | "scanned" | "wasted";
  filter?: string;
  kind?: "image" | "closure";
  json?: boolean;
}

export function addListCommand(program: Command, workbench: Workbench): void {
  program
    .command("list")
    .description("what is scanned, the newest first")
    .addOption(choiceOption("--sort <key>", "order", ["name", "bytes", "scanned", "wasted"]).default("scanned"))
    .option("--filter <text>", "only names that contain this text, or match it if it has a * in it")
    .addOption(choiceOption("--kind <kind>", "only images, or only closures", ["image", "closure"]))
    .option("--json", "one JSON document on standard output")
    .addHelpText("after", "\nExample:\n  stratigraph list --filter 'shop/*' --sort bytes")
    .action((options: ListOptions) => list(workbench, options));
}

/** All its names; nothing stands for one that has moved on, and the id is there already. */
function formatNames({ names, nameCount }: ArtifactRow): string {
  if (nameCount === 0) return "–";
  const more = nameCount - names.length;
  return more === 0 ? names.join(", ") : `${names.join(", ")} and ${more} more`;
}

/** Nothing where the artifact was removed since it was listed. */
async function loadIfThere(pool: Pool, id: number) {
  try {
    return [await answerArtifact(pool, id)];
  } catch (error) {
    if (error instanceof GoneError) return [];
    throw error;
  }
}

function list({ terminal, signal }: Workbench, { sort, filter, kind, json }: ListOptions): Promise<void> {
  return askDatabase(signal, async ({ pool }) => {
    const direction = sort === "name" ? "asc" : "desc";
    const { rows } = await listArtifacts(pool, { text: filter, kind, sort, direction, limit: NO_LIMIT });
    if (json) {
      const artifacts = [];
      for (const row of rows) artifacts.push(...(await loadIfThere(pool, row.id)));
      return writeJson(terminal, { artifacts });
    }
    if (rows.length > 0) return writeRows(terminal, rows);
    if (filter === undefined && kind === undefined) {
      return say(terminal, `nothing is scanned yet: ${commandLine("scan", "docker-archive:image.tar")}`);
    }
    say(terminal, `no ${kind ?? "artifact"} matches; ${commandLine("list")} lists all artifacts`);
  });
}

function writeRows(terminal: Terminal, rows: readonly ArtifactRow[]): void {
  const isWide = (terminal.width ?? WIDE_FROM) >= WIDE_FROM;
  const columns = COLUMNS.filter(({ wide = false }) => isWide || !wide);
  const cells = rows.map((row) => columns.map(({ cell }) => cell(row)));
  writeTable(terminal, {
    cells: [columns.map(({ heading }) => heading), ...cells],
    right: columns.flatMap(({ right = false }, i) => (right ? [i] : [])),
    fitted: columns.indexOf(NAME),
  });
}

function isImage({ kind }: ArtifactRow): boolean {
  return kind === "image";
}

function formatContents(row: ArtifactRow): string {
  return isImage(row) ? formatCounted(row.layerCount, "layer") : formatCounted(row.nodeCount, "path");
}
