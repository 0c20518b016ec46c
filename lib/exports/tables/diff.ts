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
import type { CsvTable } from "../csv.ts";
import { fileDelta } from "../file-changes.ts";
import { type Columns, column, csvTable, KIND, NAME, type Table, toTable } from "../table.ts";

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

export const COMPONENT_COLUMNS = {
  change: column("Change", "text", ({ change }) => change),
  kind: KIND,
  name: NAME,
  leftId: column("Left id", "path", ({ left }) => left?.id ?? null),
  leftVersion: column("Left version", "digest", ({ left }) => left?.version ?? null, {
    shown: ({ left }) => versionOrHash(left),
  }),
  leftBytes: column("Left", "bytes", ({ left }) => left?.bytes ?? null, {
    measure: "selfSize",
    shown: ({ left }) => left?.bytes ?? 0,
  }),
  rightId: column("Right id", "path", ({ right }) => right?.id ?? null),
  rightVersion: column("Right version", "digest", ({ right }) => right?.version ?? null, {
    shown: ({ right }) => versionOrHash(right),
  }),
  rightBytes: column("Right", "bytes", ({ right }) => right?.bytes ?? null, {
    measure: "selfSize",
    shown: ({ right }) => right?.bytes ?? 0,
  }),
  delta: column("Difference", "delta", ({ delta }) => delta, { measure: "delta" }),
} satisfies Columns<ComponentChange>;

export const LAYER_CHANGE_COLUMNS = {
  match: column("Match", "text", ({ change }) => LAYER_MATCHES[change], {
    shown: ({ change }) => LAYER_CHANGE_WORDS[change],
  }),
  left: column("Left", "count", ({ left }) => left),
  right: column("Right", "count", ({ right }) => right),
  diffId: column("DiffID", "digest", ({ diffId }) => diffId),
  contentSize: column("Content", "bytes", ({ contentSize }) => contentSize, { measure: "contentSize" }),
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
  components: ({ components }) => csvTable(COMPONENT_COLUMNS, components),
  layers: ({ layers }) => csvTable(LAYER_CHANGE_COLUMNS, layers),
  files: ({ files }) => csvTable(FILE_CHANGE_COLUMNS, files?.changes ?? []),
};

export function toDiffTables({ artifacts, components, layers, files }: DiffAnswer): Table[] {
  const { leftId, rightId, change, kind, name, ...component } = COMPONENT_COLUMNS;
  const { leftVersion, rightVersion, leftBytes, rightBytes, delta } = component;
  const { diffId, match, left, right, contentSize } = LAYER_CHANGE_COLUMNS;
  const [leftName, rightName] = nameArtifacts(artifacts);
  const places = [
    { ...left, name: `Place in ${leftName}` },
    { ...right, name: `Place in ${rightName}` },
  ];
  const fileCount = Object.values(files?.counts ?? {}).reduce((sum, count) => sum + count, 0);
  const fileColumns = [...Object.values(FILE_CHANGE_COLUMNS), FILE_DELTA];
  return [
    toTable("Components", [change, kind, name, leftVersion, rightVersion, leftBytes, rightBytes, delta], components),
    toTable("Layers", [diffId, match, ...places, contentSize], layers),
    toTable("Files, the largest changes", fileColumns, files?.changes ?? [], fileCount),
  ];
}
