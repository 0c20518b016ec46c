import { EntryKind } from "#lib/model/layer.ts";
import { counted } from "./counted.ts";
import { listOwnBuildFiles } from "./packages/own-builds.ts";
import { settlingCheck } from "./settled-paths.ts";
import type { MovedEntry, RebaseCheck } from "./sides.ts";
import { readLayerSteps } from "./written/layer-steps.ts";
import { findOverwritten, type Overwritten } from "./written/overwritten.ts";
import { findRemoved, findReplaced } from "./written/removed.ts";

/**
 * Point 3 of docs/rebase.md: what the base changed and the image's layers wrote, too. Paths that another check merges or compares
 * are that check's.
 */
export const checkWritten: RebaseCheck = (sides) => {
  const steps = readLayerSteps(sides);
  const upgraded = listOwnBuildFiles(sides);
  const own = listLast(sides.upper).filter(({ path }) => settlingCheck(path) === undefined && !upgraded.has(path));
  const removed = new Set(own.filter(isRemoval).map(({ path }) => path));
  const found = own.flatMap((entry): Overwritten[] => {
    if (isRemoval(entry)) return listOf(findRemoved(sides, entry, steps));
    const overwritten = listOf(findOverwritten(sides, entry, steps));
    const isBelow = entry.kind === EntryKind.directory || removed.has(entry.path);
    return isBelow ? overwritten : [...listOf(findReplaced(sides, entry, steps)), ...overwritten];
  });
  const shared = own.filter(({ path }) => sides.newBase.lookup(path) !== undefined);
  const scope = `${counted(shared.length, "path")} of the image's own layers that the new base has, too`;
  const findings = found.map(({ finding }) => finding);
  return { scope, findings, before: [], merged: found.flatMap(({ merged }) => merged ?? []) };
};

function isRemoval({ kind }: MovedEntry): boolean {
  return kind === EntryKind.whiteout || kind === EntryKind.opaqueWhiteout;
}

const listOf = <T>(found: T | undefined) => (found === undefined ? [] : [found]);

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
