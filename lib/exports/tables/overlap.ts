import { nameArtifacts } from "#lib/display/artifact-names.ts";
import { MEASURES } from "#lib/display/measures.ts";
import type { AlignableName, CellPart, OverlapAnswer, OverlapCell } from "#lib/model/answer.ts";
import type { CsvTable } from "../csv.ts";
import { type Column, type Columns, column, isFilled, type ReportTable, ratio, reportTable } from "../table.ts";

export const CELL_COLUMNS = {
  bytes: column("Bytes", "bytes", ({ bytes }) => bytes, { measure: "cell" }),
  units: column("Units", "count", ({ units }) => units),
} satisfies Columns<OverlapCell>;

export const PART_COLUMNS = {
  kind: column("Kind", "text", ({ kind }) => kind),
  name: column("Name", "text", ({ name, id }) => (name === "" ? id : name)),
  version: column("Version", "digest", ({ version }) => version),
  bytes: column("Bytes in the intersection", "bytes", ({ bytes }) => bytes, { measure: "cell" }),
  units: column("Units", "count", ({ units }) => units),
} satisfies Columns<CellPart>;

export const ALIGNED = column<AlignableName>(MEASURES.aligned.label, "bytes", ({ savedBytes }) => savedBytes, {
  measure: "aligned",
});

export function shareColumn({ union }: Pick<OverlapAnswer, "union">): Column<OverlapCell> {
  return column("Share", "share", ({ bytes }) => ratio(bytes, union.bytes), { measure: "union" });
}

/** The tables of an overlap's page, as CSV files. */
export const OVERLAP_CSV: Readonly<Record<string, (answer: OverlapAnswer) => CsvTable>> = {
  cells: ({ artifacts, cells }) => {
    const names = nameArtifacts(artifacts);
    const rows = cells.map((cell) => [...names.map((_, i) => (cell.in.includes(i) ? 1 : 0)), cell.bytes, cell.units]);
    return { header: [...names, ...Object.keys(CELL_COLUMNS)], rows };
  },
  matrix: ({ artifacts, matrix }) => {
    const names = nameArtifacts(artifacts);
    const rows = matrix.flatMap((row, i) => row.map(({ bytes, jaccard }, j) => [names[i]!, names[j]!, bytes, jaccard]));
    return { header: ["left", "right", "sharedBytes", "jaccard"], rows };
  },
  misaligned: ({ artifacts, alignable }) => {
    const names = nameArtifacts(artifacts);
    const rows = alignable.flatMap(({ kind, name, variants, savedBytes }) =>
      variants.map(({ version, bytes, in: held }) => {
        return [kind, name, version, bytes, held.map((i) => names[i]!).join(" "), savedBytes];
      }),
    );
    return { header: ["kind", "name", "version", "bytes", "in", "savedIfAligned"], rows };
  },
};

export function toOverlapTables(answer: OverlapAnswer): ReportTable[] {
  const names = nameArtifacts(answer.artifacts);
  const holders = column<Pick<OverlapCell, "in">>("Who holds it", "text", (cell) => joinNames(cell.in, names));
  const { rung, cells } = answer;
  return [
    reportTable(
      `Intersections, ${MEASURES[rung].label.toLowerCase()}`,
      [holders, CELL_COLUMNS.bytes, CELL_COLUMNS.units, shareColumn(answer)],
      cells,
    ),
    toOpened(answer, holders),
    toMatrix(answer, names),
    toAlignable(answer),
  ].filter(isFilled);
}

function toOpened({ contents = [], cells }: OverlapAnswer, holders: Column<Pick<OverlapCell, "in">>): ReportTable {
  const which =
    contents.length < cells.length ? `${contents.length} of ${cells.length} intersections` : "all intersections";
  return reportTable(
    `Contents of ${which}, largest components first`,
    [holders, ...Object.values(PART_COLUMNS)],
    contents.flatMap(({ in: held, parts }) => parts.map((part) => ({ ...part, in: held }))),
    contents.reduce((sum, { partCount }) => sum + partCount, 0),
  );
}

function toMatrix({ matrix }: OverlapAnswer, names: readonly string[]): ReportTable {
  const shared = names.map((name, j) =>
    column<number>(name, "bytes", (i) => matrix[i]![j]!.bytes, { measure: "sharedBytes" }),
  );
  const artifact = column<number>("Artifact", "text", (i) => names[i]!);
  return reportTable("Pairwise", [artifact, ...shared], [...names.keys()]);
}

function toAlignable({ alignable, alignableTotal }: OverlapAnswer): ReportTable {
  const versions = column<AlignableName>("Versions", "text", ({ variants }) =>
    variants.map(({ version }) => versionWords(version)).join(", "),
  );
  const [kind, name] = [
    column<AlignableName>("Kind", "text", (row) => row.kind),
    column<AlignableName>("Name", "text", (row) => row.name),
  ];
  return reportTable("Version drift", [kind, name, versions, ALIGNED], alignable, alignableTotal.names);
}

/** The text for a version: store items may differ in their hash only. */
export function versionWords(version: string): string {
  return version === "" ? "another hash" : version;
}

function joinNames(positions: readonly number[], names: readonly string[]): string {
  return positions.length === names.length ? "all of them" : positions.map((position) => names[position]!).join(" · ");
}
