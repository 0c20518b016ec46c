import { nameArtifacts } from "#lib/display/artifact-names.ts";
import { MEASURES } from "#lib/display/measures.ts";
import type { OverlapAnswer } from "#lib/model/answer.ts";
import { column, isFilled, type ReportTable, ratio } from "./report-table.ts";

export function toOverlapTables(answer: OverlapAnswer): ReportTable[] {
  const names = nameArtifacts(answer.artifacts);
  return [toCells(answer, names), toOpened(answer, names), toMatrix(answer, names), toAlignable(answer)].filter(
    isFilled,
  );
}

function toCells({ rung, cells, union }: OverlapAnswer, names: readonly string[]): ReportTable {
  return {
    title: `Who holds what, ${MEASURES[rung].label.toLowerCase()}`,
    columns: [
      column("Who holds it"),
      column("Bytes", "bytes", "cell"),
      column("Units", "count"),
      column("Share", "share", "union"),
    ],
    rows: cells.map((cell) => [joinNames(cell.in, names), cell.bytes, cell.units, ratio(cell.bytes, union.bytes)]),
  };
}

function toOpened({ contents = [], cells }: OverlapAnswer, names: readonly string[]): ReportTable {
  const which = contents.length < cells.length ? `${contents.length} of ${cells.length} cells` : "the cells";
  return {
    title: `What is in ${which}, the largest components of each`,
    total: contents.reduce((sum, { partCount }) => sum + partCount, 0),
    columns: [
      column("Who holds it"),
      column("Kind"),
      column("Name"),
      column("Version", "digest"),
      column("Bytes in the cell", "bytes", "cell"),
      column("Units", "count"),
    ],
    rows: contents.flatMap((cell) =>
      cell.parts.map(({ kind, id, name, version, bytes, units }) => {
        return [joinNames(cell.in, names), kind, name === "" ? id : name, version, bytes, units];
      }),
    ),
  };
}

function toMatrix({ matrix }: OverlapAnswer, names: readonly string[]): ReportTable {
  return {
    title: "Shared by each two",
    columns: [column("Artifact"), ...names.map((name) => column(name, "bytes", "sharedBytes"))],
    rows: matrix.map((row, i) => [names[i]!, ...row.map((cell) => cell.bytes)]),
  };
}

function toAlignable({ alignable, alignableTotal }: OverlapAnswer): ReportTable {
  return {
    total: alignableTotal.names,
    title: "Same name, several versions",
    columns: [column("Kind"), column("Name"), column("Versions"), column(MEASURES.aligned.label, "bytes", "aligned")],
    rows: alignable.map(({ kind, name, variants, savedBytes }) => {
      const shown = variants.map(({ version }) => (version === "" ? "another hash" : version));
      return [kind, name, shown.join(", "), savedBytes];
    }),
  };
}

function joinNames(positions: readonly number[], names: readonly string[]): string {
  return positions.length === names.length ? "all of them" : positions.map((position) => names[position]!).join(" · ");
}
