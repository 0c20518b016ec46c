import { EntryKind } from "#lib/model/layer.ts";
import { counted } from "./counted.ts";
import { toImageLayer } from "./image-layer.ts";
import { listOwnBuildFiles } from "./packages/own-builds.ts";
import { settlingCheck } from "./settled-paths.ts";
import type { MovedEntry, RebaseCheck, RebaseSides } from "./sides.ts";
import { readLayerSteps } from "./written/layer-steps.ts";
import { findLinkedContent } from "./written/linked-content.ts";
import { findOverwritten, type Overwritten } from "./written/overwritten.ts";
import { findRemoved, findReplaced } from "./written/removed.ts";

/**
 * Point 3 of docs/rebase.md: what the base changed and the image's layers wrote, too. Paths that another check merges or compares
 * are that check's.
 */
export const checkWritten: RebaseCheck = (sides) => {
  const steps = readLayerSteps(sides);
  const upgraded = listOwnBuildFiles(sides);
  const written = [...listLast(sides.upper), ...listImplied(sides)];
  const own = written.filter(({ path }) => settlingCheck(path) === undefined && !upgraded.has(path));
  const removed = new Set(own.filter(isRemoval).map(({ path }) => path));
  const found = own.flatMap((entry): Overwritten[] => {
    if (isRemoval(entry)) return listOf(findRemoved(sides, entry, steps));
    const overwritten = listOf(findOverwritten(sides, entry, steps));
    const isBelow = entry.kind === EntryKind.directory || removed.has(entry.path);
    return isBelow ? overwritten : [...listOf(findReplaced(sides, entry, steps)), ...overwritten];
  });
  const shared = own.filter(({ path }) => sides.newBase.lookup(path) !== undefined);
  const scope = `${counted(shared.length, "path")} of the image's own layers that the new base has, too`;
  const findings = [
    ...found.map(({ finding }) => finding),
    ...own.flatMap((entry) => listOf(findLinkedContent(sides, entry))),
  ];
  return { scope, findings, before: [], merged: found.flatMap(({ merged }) => merged ?? []) };
};

function isRemoval({ kind }: MovedEntry): boolean {
  return kind === EntryKind.whiteout || kind === EntryKind.opaqueWhiteout;
}

const listOf = <T>(found: T | undefined) => (found === undefined ? [] : [found]);

const UNLISTED = {
  mode: 0,
  uid: 0,
  gid: 0,
  mtime: 0,
  link: "",
  xattrs: new Map(),
  content: "",
  device: "",
  byteCount: 0,
} as const;

/** The image's directories that no entry lists, in the place of something else that the new base has. */
function listImplied(sides: RebaseSides): MovedEntry[] {
  return sides.after.names.flatMap((node): MovedEntry[] => {
    const { kind, entry, path } = node;
    const layer = kind === EntryKind.directory && entry < 0 ? toImageLayer(sides, node) : undefined;
    const there = layer === undefined ? undefined : sides.newBase.lookup(path)?.kind;
    if (layer === undefined || there === undefined || there === EntryKind.directory) return [];
    return [{ ...UNLISTED, path, kind, layer }];
  });
}

/** The last entry of each path and meaning: a whiteout, a file and a directory may have one path. */
function listLast(entries: readonly MovedEntry[]): MovedEntry[] {
  const last = new Map<string, MovedEntry>();
  for (const entry of entries) last.set(`${toMeaning(entry.kind)} ${entry.path}`, entry);
  return [...last.values()];
}

function toMeaning(kind: EntryKind): string {
  if (kind === EntryKind.whiteout) return "removes";
  if (kind === EntryKind.opaqueWhiteout) return "empties";
  return kind === EntryKind.directory ? "lists" : "writes";
}
