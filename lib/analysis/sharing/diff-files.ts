import type { FileChangeKind, FileCounts } from "#lib/model/answer.ts";
import type { VisibleName } from "#lib/model/holding.ts";
import { EntryKind } from "#lib/model/layer.ts";

export interface FileDifference {
  readonly change: FileChangeKind;
  readonly path: string;
  readonly left: VisibleName | undefined;
  readonly right: VisibleName | undefined;
}

/**
 * The names of two images that differ, by path. The lists may or may not include names that are the same on both sides. A regular
 * file against a symlink is a change of content: its bytes are added or removed. A directory that only one side has is not
 * listed, since its files are; one whose mode or owner changed is.
 */
export function diffFiles(left: Iterable<VisibleName>, right: Iterable<VisibleName>): FileDifference[] {
  const waiting = new Map<string, VisibleName>();
  for (const name of left) waiting.set(name.path, name);
  const rows: FileDifference[] = [];
  for (const name of right) {
    const before = waiting.get(name.path);
    waiting.delete(name.path);
    const change = before === undefined ? toLone(name, "added") : compareNames(before, name);
    if (change !== undefined) rows.push({ change, path: name.path, left: before, right: name });
  }
  for (const name of waiting.values()) {
    const change = toLone(name, "removed");
    if (change !== undefined) rows.push({ change, path: name.path, left: name, right: undefined });
  }
  return rows.sort((a, b) => (a.path < b.path ? -1 : 1));
}

function toLone({ kind }: VisibleName, change: "added" | "removed"): FileChangeKind | undefined {
  return kind === EntryKind.directory ? undefined : change;
}

function compareNames(left: VisibleName, right: VisibleName): FileChangeKind | undefined {
  if (left.contentId !== right.contentId) return "content";
  const same = left.kind === right.kind && left.mode === right.mode && left.uid === right.uid && left.gid === right.gid;
  return same && left.target === right.target ? undefined : "metadata";
}

export function countFiles(rows: readonly FileDifference[]): FileCounts {
  const counts = { added: 0, removed: 0, content: 0, metadata: 0 };
  for (const { change } of rows) counts[change] += 1;
  return counts;
}
