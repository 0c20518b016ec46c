import type { Pool } from "pg";
import { listEntryPaths } from "#lib/db/queries/list-entry-paths.ts";
import { listItemFiles } from "#lib/db/queries/list-item-files.ts";
import type { ComponentFile, ComponentFilesAnswer } from "#lib/model/component-files.ts";
import { EntryKind } from "#lib/model/layer.ts";
import { checkSized } from "./check-sized.ts";
import { loadKeptHoldings } from "./kept/holdings.ts";
import { whileWhole } from "./while-whole.ts";

/** A component in one artifact. */
export interface ComponentSide {
  readonly artifactId: number;
  readonly nodeIndex: number;
}

interface SideFile {
  readonly path: string;
  readonly bytes: number;
  readonly contentId: number;
}

/** The regular files of a component in two artifacts, those that differ first, the largest first. A missing side has none. */
export function answerComponentFiles(
  db: Pool,
  left: ComponentSide | undefined,
  right: ComponentSide | undefined,
  limit: number,
): Promise<ComponentFilesAnswer> {
  const artifacts = [left, right].flatMap((side) => (side === undefined ? [] : [{ id: side.artifactId }]));
  return whileWhole(db, artifacts, async () => {
    await checkSized(db, artifacts);
    const [before, after] = await Promise.all([loadSide(db, left), loadSide(db, right)]);
    const rows = pairFiles(before, after);
    return {
      rows: rows.slice(0, limit),
      count: rows.length,
      differing: rows.filter(({ change }) => change !== "same").length,
    };
  });
}

async function loadSide(db: Pool, side: ComponentSide | undefined): Promise<SideFile[]> {
  if (side === undefined) return [];
  const [held] = await loadKeptHoldings(db, [{ id: side.artifactId }]);
  if (held?.kind !== "image") {
    const componentId = held?.items.componentId[side.nodeIndex];
    const names = componentId === undefined ? [] : await listItemFiles(db, [componentId]);
    return names
      .filter(({ kind }) => kind === EntryKind.file)
      .map(({ path, byteCount: bytes, contentId }) => ({ path, bytes, contentId }));
  }
  const { layers, bodies } = held;
  const own: number[] = [];
  for (let row = 0; row < bodies.count; row++) if (bodies.owner[row] === side.nodeIndex) own.push(row);
  const places = own.map((row) => ({ layerId: layers[bodies.layer[row]!]!.layerId, entry: bodies.entry[row]! }));
  const paths = await listEntryPaths(db, places);
  return own.map((row, i) => ({ path: paths[i]!, bytes: bodies.byteCount[row]!, contentId: bodies.contentId[row]! }));
}

const ORDER = { changed: 0, added: 0, removed: 0, same: 1 } as const;

function pairFiles(left: readonly SideFile[], right: readonly SideFile[]): ComponentFile[] {
  const waiting = new Map(left.map((file) => [file.path, file]));
  const rows: ComponentFile[] = [];
  for (const { path, bytes, contentId } of right) {
    const before = waiting.get(path);
    waiting.delete(path);
    const change = before === undefined ? "added" : before.contentId === contentId ? "same" : "changed";
    rows.push({ path, change, left: before?.bytes ?? null, right: bytes });
  }
  for (const { path, bytes } of waiting.values()) rows.push({ path, change: "removed", left: bytes, right: null });
  const most = ({ left: a, right: b }: ComponentFile) => Math.max(a ?? 0, b ?? 0);
  return rows.sort((a, b) => ORDER[a.change] - ORDER[b.change] || most(b) - most(a) || (a.path < b.path ? -1 : 1));
}
