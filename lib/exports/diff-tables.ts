import { nameArtifacts } from "#lib/display/artifact-names.ts";
import { fileDelta } from "#lib/display/file-changes.ts";
import { splitStorePath } from "#lib/display/store-path-parts.ts";
import type { ComponentVersion, DiffAnswer, FileChangeKind, LayerChangeKind } from "#lib/model/answer.ts";
import { column, isFilled, type ReportTable } from "./report-table.ts";

/** Characters of a store item's hash that stand for a version it has not. */
const SHOWN_HASH = 8;

const FILE_WORDS: Readonly<Record<FileChangeKind, string>> = {
  added: "added",
  removed: "removed",
  content: "modified",
  metadata: "metadata changed",
};

export function toDiffTables(answer: DiffAnswer): ReportTable[] {
  return [toComponents(answer), toLayers(answer), toFiles(answer)].filter(isFilled);
}

function toComponents({ components }: DiffAnswer): ReportTable {
  return {
    title: "Components",
    columns: [
      column("Change"),
      column("Kind"),
      column("Name"),
      column("Left version", "digest"),
      column("Right version", "digest"),
      column("Left", "bytes", "selfSize"),
      column("Right", "bytes", "selfSize"),
      column("Difference", "delta", "delta"),
    ],
    rows: components.map(({ change, kind, name, left, right, delta }) => {
      return [change, kind, name, versionOf(left), versionOf(right), left?.bytes ?? 0, right?.bytes ?? 0, delta];
    }),
  };
}

function versionOf(version: ComponentVersion | null): string {
  if (version === null || version.version !== "") return version?.version ?? "";
  return splitStorePath(version.id)?.hash.slice(0, SHOWN_HASH) ?? "";
}

function toLayers({ artifacts, layers }: DiffAnswer): ReportTable {
  const [left, right] = nameArtifacts(artifacts);
  return {
    title: "Layers",
    columns: [
      column("DiffID", "digest"),
      column("Match"),
      column(`Place in ${left}`, "count"),
      column(`Place in ${right}`, "count"),
      column("Content", "bytes", "contentSize"),
    ],
    rows: layers.map((layer) => [layer.diffId, LAYER_WORDS[layer.change], layer.left, layer.right, layer.contentSize]),
  };
}

const LAYER_WORDS: Readonly<Record<LayerChangeKind, string>> = {
  same: "same place",
  moved: "same, on other layers",
  removed: "only left",
  added: "only right",
};

function toFiles({ files }: DiffAnswer): ReportTable {
  return {
    title: "Files, the largest changes",
    columns: [
      column("Change"),
      column("Path", "path"),
      column("Left", "bytes"),
      column("Right", "bytes"),
      column("Difference", "delta"),
    ],
    total: Object.values(files?.counts ?? {}).reduce((sum, count) => sum + count, 0),
    rows: (files?.changes ?? []).map((row) => {
      const { change, path, left, right } = row;
      return [FILE_WORDS[change], path, left?.bytes ?? 0, right?.bytes ?? 0, fileDelta(row)];
    }),
  };
}
