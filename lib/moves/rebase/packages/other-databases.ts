import type { Finding } from "#lib/model/rebase-answer.ts";
import { type BothWritten, textsOf, toMergedFile } from "../both-written.ts";
import { databaseFormat, isBackup } from "../settled-paths.ts";
import type { MergedFile, RebaseSides } from "../sides.ts";
import { mergeText } from "./merge-text.ts";
import { toUnmergeable } from "./unmergeable.ts";

interface MergedDatabase {
  readonly findings: readonly Finding[];
  readonly merged: readonly MergedFile[];
}

/** Formats that are never merged, by their directory: binary, or kept in memory only in part. */
const UNMERGED: readonly (readonly [folder: RegExp, evidence: string])[] = [
  [/(?:^|\/)rpm\//, "rpm databases cannot be merged"],
  [/^var\/lib\/pacman\//, "pacman's records of one package cannot be merged"],
];

/** Merges a database of a package manager that is no list of packages, or says why it cannot be. */
export function mergeDatabase(sides: RebaseSides, written: BothWritten): MergedDatabase {
  const { path, entries } = written;
  if (isBackup(path)) return { findings: [toDropped(written)], merged: [{ kind: "whiteout", path }] };
  const format = databaseFormat(path);
  if (format === undefined || format === "status" || format === "installed") return { findings: [], merged: [] };
  const [, evidence] = UNMERGED.find(([folder]) => folder.test(path)) ?? [];
  if (evidence !== undefined) return { findings: [toUnmergeable(written, evidence)], merged: [] };
  const texts = textsOf(sides, path);
  if (texts === undefined) return { findings: [toUnmergeable(written, "too large to be read")], merged: [] };
  const isCopy = entries.ours.content === entries.base?.content;
  if (isCopy && entries.theirs === undefined)
    return { findings: [toMasked(written)], merged: [{ kind: "whiteout", path }] };
  const result = isCopy ? { text: texts.theirs } : mergeText(format, texts, path);
  if ("conflict" in result) return { findings: [toUnmergeable(written, result.conflict)], merged: [] };
  if (result.text === texts.ours) return { findings: [], merged: [] };
  return { findings: [toMasked(written)], merged: [toMergedFile(written, result.text)] };
}

function toMasked({ path, entries }: BothWritten): Finding {
  const { layer } = entries.ours;
  const message = `Layer ${layer} would hide what the new base changed in this database.`;
  const evidence = `written by layer ${layer} and by the new base`;
  return { kind: "database-masked", weight: "merges", path, layer, evidence, message };
}

function toDropped({ path, entries }: BothWritten): Finding {
  const { layer } = entries.ours;
  const evidence = "a backup of the old base's database";
  const message = "Nothing reads this file; it is dropped, because what it is a backup of is gone.";
  return { kind: "database-masked", weight: "merges", path, layer, evidence, message };
}
