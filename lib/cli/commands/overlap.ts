import { type Command, Option } from "commander";
import type { Pool } from "pg";
import { type AlignableName, findAlignable } from "#lib/analysis/sharing/alignable.ts";
import { buildRung, RUNG_NAMES } from "#lib/analysis/sharing/build-rung.ts";
import { findOverlap, jaccardIndex, MAX_SETS, MIN_SETS, type Overlap, setsOf } from "#lib/analysis/sharing/overlap.ts";
import { loadLabels } from "#lib/answers/labels.ts";
import { loadPartComponents, loadPartHoldings } from "#lib/answers/parts.ts";
import { loadChunkRung } from "#lib/answers/shared-rung.ts";
import { whileThere } from "#lib/db/queries/while-there.ts";
import { formatBytes, formatCount, formatCounted, formatShare } from "#lib/display/bytes.ts";
import type { ArtifactLabel } from "#lib/model/answer.ts";
import type { ArtifactPart } from "#lib/model/artifact-part.ts";
import { UsageError } from "#lib/model/problem.ts";
import { findArtifactSet } from "../artifact-set.ts";
import { type PrintedTable, type Terminal, writeJson, writeLine, writeTable } from "../terminal.ts";
import { askDatabase, type Workbench } from "../workbench.ts";

/** Rows a person is shown. JSON has them all. */
const SHOWN_CELLS = 20;
const SHOWN_NAMES = 10;

const RUNGS = [...RUNG_NAMES, "chunk"] as const;
type ChosenRung = (typeof RUNGS)[number];

export function addOverlapCommand(program: Command, workbench: Workbench): void {
  program
    .command("overlap")
    .argument(
      "<artifact...>",
      `${MIN_SETS} to ${MAX_SETS} names, patterns like api-*, repo:tags, digests, ids, or roots' store paths`,
    )
    .description("what 2 to 32 artifacts share, in bytes")
    .addOption(new Option("--rung <rung>", "what counts as the same").choices(RUNGS).default("file"))
    .option("--json", "one JSON document on standard output")
    .addHelpText("after", "\nExample:\n  stratigraph overlap api:2.3 worker:2.3 cron:1.9 --rung package")
    .action((names: string[], options: { rung: ChosenRung; json?: boolean }) => overlap(workbench, names, options));
}

interface Answer {
  readonly found: readonly ArtifactLabel[];
  readonly rung: ChosenRung;
  readonly estimated: boolean;
  readonly overlap: Overlap;
  readonly alignable: readonly AlignableName[];
}

function overlap(
  { terminal, signal }: Workbench,
  names: readonly string[],
  options: { rung: ChosenRung; json?: boolean },
): Promise<void> {
  return askDatabase(signal, async ({ pool }) => {
    const found = await findArtifactSet(pool, terminal, names);
    if (found.length < MIN_SETS || found.length > MAX_SETS) {
      throw new UsageError(
        `${formatCounted(found.length, "artifact")} named: ${MIN_SETS} to ${MAX_SETS} can be compared`,
      );
    }
    const answer = await whileThere(pool, found, () => findAnswer(pool, found, options.rung));
    if (options.json) writeJson(terminal, toJson(answer));
    else writeText(terminal, answer);
  });
}

async function findAnswer(db: Pool, parts: readonly ArtifactPart[], name: ChosenRung): Promise<Answer> {
  const [found, holdings, components] = await Promise.all([
    loadLabels(db, parts),
    loadPartHoldings(db, parts),
    loadPartComponents(db, parts),
  ]);
  const rung = name === "chunk" ? await loadChunkRung(db, holdings) : buildRung(name, holdings);
  // Layers are nobody's, and chunks are parts of files: what aligning versions saves is told by file there.
  const owned = name === "live" || name === "package" ? name : "file";
  const alignable = findAlignable(holdings, components, buildRung(owned, holdings));
  return { found, rung: name, estimated: rung.estimated, overlap: findOverlap(rung), alignable };
}

function toJson({ found, rung, estimated, overlap: { cells, union, ...overlap }, alignable }: Answer) {
  const ids = found.map(({ id }) => id);
  const whole = { ...overlap, cells, union };
  return {
    rung,
    estimated,
    artifacts: ids,
    cells: cells.map(({ mask, bytes, units }) => ({ in: setsOf(mask).map((i) => ids[i]!), bytes, units })),
    matrix: ids.map((_, i) =>
      ids.map((_, j) => ({ bytes: overlap.shared[i * ids.length + j]!, jaccard: jaccardIndex(whole, i, j) })),
    ),
    union,
    alignable: alignable.map(({ variants, ...name }) => ({
      ...name,
      variants: variants.map(({ componentId: _, artifacts, ...variant }) => ({
        ...variant,
        in: artifacts.map((i) => ids[i]!),
      })),
    })),
  };
}

function writeText(terminal: Terminal, answer: Answer): void {
  const { found, overlap, alignable, estimated } = answer;
  const legend = found.map(({ name }, i) => [letterOf(i), formatBytes(overlap.shared[i * (found.length + 1)]!), name]);
  writeTable(terminal, { cells: legend, right: [1] });
  writeCells(terminal, answer);
  writeTable(terminal, { heading: "shared bytes, and the share of both together", ...toMatrix(overlap) });
  if (alignable.length > 0) writeAlignable(terminal, alignable);
  if (estimated) {
    writeLine(terminal, "");
    writeLine(
      terminal,
      "estimated: what is not cut counts whole, and so do a store's items whose files were not read (scan with --files)",
    );
  }
}

function writeCells(terminal: Terminal, { overlap: { cells, union, setCount }, rung }: Answer): void {
  const rows = cells.slice(0, SHOWN_CELLS).map(({ mask, bytes, units }) => {
    const sets = setsOf(mask);
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

function toMatrix(overlap: Overlap): PrintedTable {
  const sets = Array.from({ length: overlap.setCount }, (_, i) => i);
  const rows = sets.map((i) => {
    const cells = sets.map((j) => {
      const bytes = formatBytes(overlap.shared[i * overlap.setCount + j]!);
      return i === j ? bytes : `${bytes} ${formatShare(jaccardIndex(overlap, i, j), 1)}`;
    });
    return [letterOf(i), ...cells];
  });
  return { cells: [["", ...sets.map(letterOf)], ...rows], right: sets.map((i) => i + 1) };
}

function writeAlignable(terminal: Terminal, alignable: readonly AlignableName[]): void {
  const rows = alignable.slice(0, SHOWN_NAMES).map(({ savedBytes, name, variants }) => {
    const versions = variants.map(({ version, artifacts }) => `${version} (${artifacts.map(letterOf).join("")})`);
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
