import { nameArtifacts } from "#lib/display/artifact-names.ts";
import { splitStorePath } from "#lib/display/store-path-parts.ts";
import type {
  ComponentChange,
  ComponentVersion,
  DiffAnswer,
  FileChange,
  FileChangeKind,
  LayerChange,
  LayerChangeKind,
} from "#lib/model/answer.ts";
import { commonUnit } from "#lib/model/measure-unit.ts";
import type { CsvTable } from "../csv.ts";
import { fileDelta } from "../file-changes.ts";
import { type Columns, column, csvTable, KIND, measureColumn, NAME, type Table, toTable } from "../table.ts";

/** Characters of a store item's hash that are shown if it has no version. */
const SHOWN_HASH = 8;

export const FILE_CHANGE_WORDS: Readonly<Record<FileChangeKind, string>> = {
  added: "added",
  removed: "removed",
  content: "modified",
  metadata: "metadata changed",
};

export const LAYER_CHANGE_WORDS: Readonly<Record<LayerChangeKind, string>> = {
  same: "same position",
  moved: "same layer, different base",
  removed: "only left",
  added: "only right",
};

/** The changes of layers in the CSV file. */
const LAYER_MATCHES = { same: "chain", moved: "moved", removed: "only", added: "only" } as const;

/** The beginning of a store item's hash; `undefined` for other components. */
export function shownHash({ id }: ComponentVersion): string | undefined {
  return splitStorePath(id)?.hash.slice(0, SHOWN_HASH);
}

/** A version; the beginning of the hash for a store item without one; "" if there is neither. */
export function versionOrHash(version: ComponentVersion | null): string {
  if (version === null) return "";
  return version.version === "" ? (shownHash(version) ?? "") : version.version;
}

function sideColumns(side: "left" | "right", name: string) {
  const bytesOf = (row: ComponentChange) => row[side]?.bytes ?? null;
  return {
    id: column<ComponentChange>(`${name} id`, "path", (row) => row[side]?.id ?? null),
    version: column<ComponentChange>(`${name} version`, "digest", (row) => row[side]?.version ?? null, {
      shown: (row) => versionOrHash(row[side]),
    }),
    bytes: column<ComponentChange>(name, "bytes", bytesOf, { measure: "selfSize", shown: (row) => bytesOf(row) ?? 0 }),
  };
}

const [LEFT, RIGHT] = [sideColumns("left", "Left"), sideColumns("right", "Right")];

export const COMPONENT_COLUMNS = {
  change: column("Change", "text", ({ change }) => change),
  kind: KIND,
  name: NAME,
  leftId: LEFT.id,
  leftVersion: LEFT.version,
  leftBytes: LEFT.bytes,
  rightId: RIGHT.id,
  rightVersion: RIGHT.version,
  rightBytes: RIGHT.bytes,
  delta: column("Difference", "delta", ({ delta }) => delta, { measure: "delta" }),
} satisfies Columns<ComponentChange>;

/** The same beside an SBOM, which states no bytes. */
const UNSIZED_COMPONENT_COLUMNS = {
  change: COMPONENT_COLUMNS.change,
  kind: KIND,
  name: NAME,
  leftId: LEFT.id,
  leftVersion: LEFT.version,
  rightId: RIGHT.id,
  rightVersion: RIGHT.version,
} satisfies Columns<ComponentChange>;

export const LAYER_CHANGE_COLUMNS = {
  match: column("Match", "text", ({ change }) => LAYER_MATCHES[change], {
    shown: ({ change }) => LAYER_CHANGE_WORDS[change],
  }),
  left: column("Left", "count", ({ left }) => left),
  right: column("Right", "count", ({ right }) => right),
  diffId: column("DiffID", "digest", ({ diffId }) => diffId),
  contentSize: measureColumn("contentSize"),
} satisfies Columns<LayerChange>;

export const FILE_CHANGE_COLUMNS = {
  change: column("Change", "text", ({ change }) => change, { shown: ({ change }) => FILE_CHANGE_WORDS[change] }),
  path: column("Path", "path", ({ path }) => path),
  leftBytes: column("Left", "bytes", ({ left }) => left?.bytes ?? 0),
  rightBytes: column("Right", "bytes", ({ right }) => right?.bytes ?? 0),
} satisfies Columns<FileChange>;

export const FILE_DELTA = column<FileChange>("Difference", "delta", fileDelta);

/** The tables of a difference's page, as CSV files. */
export const DIFF_CSV: Readonly<Record<string, (answer: DiffAnswer) => CsvTable>> = {
  components: ({ artifacts, components }) =>
    commonUnit(artifacts) === "bytes"
      ? csvTable(COMPONENT_COLUMNS, components)
      : csvTable(UNSIZED_COMPONENT_COLUMNS, components),
  layers: ({ layers }) => csvTable(LAYER_CHANGE_COLUMNS, layers),
  files: ({ files }) => csvTable(FILE_CHANGE_COLUMNS, files?.changes ?? []),
};

export function toDiffTables({ artifacts, components, layers, files }: DiffAnswer): Table[] {
  const { change, kind, name, leftVersion, rightVersion, leftBytes, rightBytes, delta } = COMPONENT_COLUMNS;
  const { diffId, match, left, right, contentSize } = LAYER_CHANGE_COLUMNS;
  const names = nameArtifacts(artifacts);
  const positions = [left, right].map((position, i) => ({ ...position, name: `Place in ${names[i]}` }));
  const fileCount = Object.values(files?.counts ?? {}).reduce((sum, count) => sum + count, 0);
  const fileColumns = [...Object.values(FILE_CHANGE_COLUMNS), FILE_DELTA];
  return [
    toTable("Components", [change, kind, name, leftVersion, rightVersion, leftBytes, rightBytes, delta], components),
    toTable("Layers", [diffId, match, ...positions, contentSize], layers),
    toTable("Files, the largest changes", fileColumns, files?.changes ?? [], fileCount),
  ];
}
