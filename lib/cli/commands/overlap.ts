import type { Command } from "commander";
import { answerOverlap } from "#lib/answers/overlap.ts";
import { formatBytes, formatCount, formatCounted, formatShare } from "#lib/display/bytes.ts";
import type { AlignableName, OverlapAnswer } from "#lib/model/answer.ts";
import { UsageError } from "#lib/model/problem.ts";
import { MAX_SETS, MIN_SETS, RUNG_NAMES, type RungName } from "#lib/model/rung.ts";
import { findArtifactSet } from "../artifact-set.ts";
import { choiceOption } from "../option-values.ts";
import { type PrintedTable, type Terminal, writeJson, writeLine, writeTable } from "../terminal.ts";
import { askDatabase, type Workbench } from "../workbench.ts";

/** Rows a person is shown. JSON has them all. */
const SHOWN_CELLS = 20;
const SHOWN_NAMES = 10;

export function addOverlapCommand(program: Command, workbench: Workbench): void {
  program
    .command("overlap")
    .argument(
      "<artifact...>",
      `${MIN_SETS} to ${MAX_SETS} names, patterns like api-*, repo:tags, digests, ids, or roots' store paths`,
    )
    .description(`what ${MIN_SETS} to ${MAX_SETS} artifacts share, in bytes`)
    .addOption(choiceOption("--rung <rung>", "what counts as the same", RUNG_NAMES).default("file"))
    .option("--json", "one JSON document on standard output")
    .addHelpText("after", "\nExample:\n  stratigraph overlap api:2.3 worker:2.3 cron:1.9 --rung package")
    .action((names: string[], options: { rung: RungName; json?: boolean }) => overlap(workbench, names, options));
}

function overlap(
  { terminal, signal }: Workbench,
  names: readonly string[],
  options: { rung: RungName; json?: boolean },
): Promise<void> {
  return askDatabase(signal, async ({ pool }) => {
    const found = await findArtifactSet(pool, terminal, names);
    if (found.length < MIN_SETS || found.length > MAX_SETS) {
      throw new UsageError(
        `${formatCounted(found.length, "artifact")} named: ${MIN_SETS} to ${MAX_SETS} can be compared`,
      );
    }
    const answer = await answerOverlap(pool, {
      parts: found,
      rung: options.rung,
      nameLimit: Number.POSITIVE_INFINITY,
    });
    if (options.json) writeJson(terminal, toJson(answer));
    else writeText(terminal, answer);
  });
}

function toJson({ rung, estimated, artifacts, cells, matrix, union, alignable }: OverlapAnswer) {
  const ids = artifacts.map(({ id }) => id);
  const toIds = <Row extends { in: readonly number[] }>(row: Row) => ({ ...row, in: row.in.map((i) => ids[i]!) });
  return {
    rung,
    estimated,
    artifacts: ids,
    cells: cells.map(toIds),
    matrix,
    union,
    alignable: alignable.map(({ variants, ...name }) => ({ ...name, variants: variants.map(toIds) })),
  };
}

function writeText(terminal: Terminal, answer: OverlapAnswer): void {
  const { artifacts, matrix, alignable, estimated } = answer;
  const legend = artifacts.map(({ name }, i) => [letterOf(i), formatBytes(matrix[i]![i]!.bytes), name]);
  writeTable(terminal, { cells: legend, right: [1] });
  writeCells(terminal, answer);
  writeTable(terminal, { heading: "shared bytes, and the share of both together", ...toMatrix(matrix) });
  if (alignable.length > 0) writeAlignable(terminal, alignable);
  if (estimated) {
    writeLine(terminal, "");
    writeLine(
      terminal,
      "estimated: what is not cut counts whole, and so do a store's items whose files were not read (scan with --files)",
    );
  }
}

function writeCells(terminal: Terminal, { artifacts, cells, union, rung }: OverlapAnswer): void {
  const setCount = artifacts.length;
  const rows = cells.slice(0, SHOWN_CELLS).map(({ in: sets, bytes, units }) => {
    const inAll = sets.length === setCount ? "all" : sets.length === 1 ? `only ${letterOf(sets[0]!)}` : "";
    const letters = Array.from({ length: setCount }, (_, i) => (sets.includes(i) ? letterOf(i) : "·")).join("");
    return [letters, formatBytes(bytes), formatShare(bytes, union.bytes), formatCounted(units, "unit"), inAll];
  });
  const heading = `by ${rung}, what exactly these hold, the largest first`;
  writeTable(terminal, { heading, cells: rows, right: [1, 2, 3] });
  const rest = cells.slice(SHOWN_CELLS);
  if (rest.length > 0) {
    const bytes = rest.reduce((sum, cell) => sum + cell.bytes, 0);
    writeLine(terminal, `… ${formatCounted(rest.length, "more cell")}, ${formatBytes(bytes)}; --json has all`);
  }
  writeLine(
    terminal,
    `together ${formatBytes(union.bytes)} (${formatCount(union.bytes)} bytes), ${formatCounted(union.units, "unit")}`,
  );
}

function toMatrix(matrix: OverlapAnswer["matrix"]): PrintedTable {
  const letters = matrix.map((_, i) => letterOf(i));
  const rows = matrix.map((row, i) => {
    const cells = row.map(({ bytes, jaccard }, j) => {
      return i === j ? formatBytes(bytes) : `${formatBytes(bytes)} ${formatShare(jaccard, 1)}`;
    });
    return [letters[i]!, ...cells];
  });
  return { cells: [["", ...letters], ...rows], right: letters.map((_, i) => i + 1) };
}

function writeAlignable(terminal: Terminal, alignable: readonly AlignableName[]): void {
  const rows = alignable.slice(0, SHOWN_NAMES).map(({ savedBytes, name, variants }) => {
    const versions = variants.map(({ version, in: sets }) => `${version} (${sets.map(letterOf).join("")})`);
    return [formatBytes(savedBytes), name, versions.join(", ")];
  });
  writeTable(terminal, {
    heading: "at several versions or hashes; aligning them to one saves at least",
    cells: rows,
    right: [0],
  });
  const cut = alignable.length - SHOWN_NAMES;
  if (cut > 0) writeLine(terminal, `… ${formatCounted(cut, "more name")}; --json has all`);
}

/** A, B … Z, a … f: as many as sets can be. */
function letterOf(set: number): string {
  return String.fromCharCode(set < 26 ? 65 + set : 71 + set);
}
