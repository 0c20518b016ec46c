import { nameArtifacts } from "#lib/display/artifact-names.ts";
import { MEASURES } from "#lib/display/measures.ts";
import type { AlignableName, CellPart, OverlapAnswer, OverlapCell } from "#lib/model/answer.ts";
import type { CsvTable } from "../csv.ts";
import { type Column, type Columns, column, KIND, NAME, type Table, toTable, VERSION } from "../table.ts";

export const CELL_COLUMNS = {
  bytes: column("Bytes", "bytes", ({ bytes }) => bytes, { measure: "cell" }),
  units: column("Units", "count", ({ units }) => units),
} satisfies Columns<OverlapCell>;

export const PART_COLUMNS = {
  kind: KIND,
  name: column("Name", "text", ({ name, id }) => (name === "" ? id : name)),
  version: VERSION,
  bytes: column("Bytes in the intersection", "bytes", ({ bytes }) => bytes, { measure: "cell" }),
  units: column("Units", "count", ({ units }) => units),
} satisfies Columns<CellPart>;

export const ALIGNABLE_COLUMNS = {
  kind: KIND,
  name: NAME,
  versions: column("Versions", "text", ({ variants }) =>
    variants.map(({ version }) => versionWords(version)).join(", "),
  ),
  savedBytes: column(MEASURES.aligned.label, "bytes", ({ savedBytes }) => savedBytes, { measure: "aligned" }),
} satisfies Columns<AlignableName>;

export function shareColumn({ union }: Pick<OverlapAnswer, "union">): Column<OverlapCell> {
  return column("Share", "share", ({ bytes }) => (union.bytes === 0 ? 0 : bytes / union.bytes), { measure: "union" });
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

export function toOverlapTables(answer: OverlapAnswer): Table[] {
  const names = nameArtifacts(answer.artifacts);
  return [
    toCellTable(answer, names),
    toOpened(answer, holdersColumn(names)),
    toMatrix(answer, names),
    toTable("Version drift", Object.values(ALIGNABLE_COLUMNS), answer.alignable, answer.alignableTotal.names),
  ];
}

/** The intersections; `names`: those of the artifacts. */
export function toCellTable(answer: OverlapAnswer, names: readonly string[]): Table {
  return toTable(
    `Intersections, ${MEASURES[answer.rung].label.toLowerCase()}`,
    [holdersColumn(names), CELL_COLUMNS.bytes, CELL_COLUMNS.units, shareColumn(answer)],
    answer.cells,
  );
}

function holdersColumn(names: readonly string[]): Column<Pick<OverlapCell, "in">> {
  return column("Present in", "text", ({ in: positions }) =>
    positions.length === names.length ? "all of them" : positions.map((position) => names[position]!).join(" · "),
  );
}

function toOpened({ contents = [], cells }: OverlapAnswer, holders: Column<Pick<OverlapCell, "in">>): Table {
  const which =
    contents.length < cells.length ? `${contents.length} of ${cells.length} intersections` : "all intersections";
  return toTable(
    `Contents of ${which}, largest components first`,
    [holders, ...Object.values(PART_COLUMNS)],
    contents.flatMap(({ in: held, parts }) => parts.map((part) => ({ ...part, in: held }))),
    contents.reduce((sum, { partCount }) => sum + partCount, 0),
  );
}

/** Shared bytes, or with `share` the Jaccard index. */
export function toMatrix({ matrix }: OverlapAnswer, names: readonly string[], share = false): Table {
  const artifact = column<number>("Artifact", "text", (i) => names[i]!);
  const others = names.map((name, j) =>
    share
      ? column<number>(name, "share", (i) => matrix[i]![j]!.jaccard, { measure: "jaccard" })
      : column<number>(name, "bytes", (i) => matrix[i]![j]!.bytes, { measure: "sharedBytes" }),
  );
  return toTable(share ? MEASURES.jaccard.label : "Pairwise", [artifact, ...others], [...names.keys()]);
}

/** The text for a version: store items may differ in their hash only. */
export function versionWords(version: string): string {
  return version === "" ? "another hash" : version;
}
