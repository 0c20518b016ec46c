import type { Account, AccountFile } from "#lib/formats/accounts/index.ts";
import type { Finding } from "#lib/model/rebase-answer.ts";
import { type BothWritten, listBothWritten, toMergedFile } from "./both-written.ts";
import { counted } from "./counted.ts";
import { isBackup, settlingCheck } from "./settled-paths.ts";
import type { CheckResult, MergedFile, RebaseCheck, RebaseSides } from "./sides.ts";
import { type MergedTable, type MergedTables, mergeTables, pathOf, readTable } from "./users/account-tables.ts";
import { compareIds } from "./users/compare-ids.ts";
import { checkConfiguredUser, listConfiguredUses } from "./users/config-user.ts";
import { type IdUse, listAddedAccounts } from "./users/id-uses.ts";
import { findAccount, parseId } from "./users/ids.ts";
import { findOverlaps } from "./users/subordinate-ids.ts";

/**
 * Account files that the image's layers carry whole are merged with the new base's, and the numbers that their files belong to still mean
 * the same users and groups. An account that only the old base had is kept if they need it.
 */
export const checkUsers: RebaseCheck = (sides) => {
  const tables = mergeTables(sides);
  const users = compareIds(sides, tables, "uid", listConfiguredUses(sides, "uid"));
  const owners = [...users.restored, ...listAddedAccounts(sides, "uid")];
  const groups = compareIds(sides, tables, "gid", [...listConfiguredUses(sides, "gid"), ...owners.flatMap(toGroupUse)]);
  const restored = { passwd: users.restored, group: groups.restored };
  const files = Object.values(tables).map((table) => ({ table, accounts: addRestored(sides, table, restored) }));
  const configured = checkConfiguredUser(sides, {
    uid: accountsOf(files, "passwd"),
    gid: accountsOf(files, "group"),
  });
  const backups = listBothWritten(sides, (path) => isBackup(path) && settlingCheck(path) === "users");
  return {
    scope: describeScope(tables),
    findings: [
      ...Object.values(tables).flatMap(listFileFindings),
      ...backups.map(toDropped),
      ...users.findings,
      ...groups.findings,
      ...findOverlaps(sides, tables),
      ...configured.findings,
    ],
    before: configured.before,
    merged: [
      ...files.flatMap(({ table, accounts }) => toMerged(sides, table, accounts)),
      ...backups.map(({ path }): MergedFile => ({ kind: "whiteout", path })),
    ],
  } satisfies CheckResult;
};

/** A user's own group. */
function toGroupUse({ fields }: Account): IdUse[] {
  const id = parseId(fields[3] ?? "");
  return id === undefined ? [] : [{ id, path: "etc/passwd", layer: undefined, count: 0 }];
}

interface FinalFile {
  readonly table: MergedTable;
  readonly accounts: readonly Account[];
}

function accountsOf(files: readonly FinalFile[], file: AccountFile): readonly Account[] {
  return files.find(({ table }) => table.file === file)!.accounts;
}

/** The merged accounts, with those that are kept for the image's files: their passwords' records too. */
function addRestored(
  { before }: RebaseSides,
  { file, merged }: MergedTable,
  restored: Readonly<Record<"passwd" | "group", readonly Account[]>>,
): readonly Account[] {
  if (file === "subuid" || file === "subgid") return merged;
  const named = restored[file === "passwd" || file === "shadow" ? "passwd" : "group"];
  const known = readTable(before, file);
  const added = named.flatMap(({ name }) => findAccount(known, name) ?? []);
  return [...merged, ...added.filter(({ name }) => findAccount(merged, name) === undefined)];
}

function toMerged(sides: RebaseSides, table: MergedTable, accounts: readonly Account[]): MergedFile[] {
  if (table.conflicts.length > 0 || table.isUnread || toText(accounts) === toText(table.unmerged)) return [];
  const path = pathOf(table.file);
  const node = sides.after.lookup(path);
  const entry = node && sides.after.entryOf(node);
  const written = table.written ?? (entry && { path, entries: { base: undefined, ours: entry, theirs: undefined } });
  return written === undefined ? [] : [toMergedFile(written, toText(accounts))];
}

function toText(accounts: readonly Account[]): string {
  return accounts.map(({ text }) => `${text}\n`).join("");
}

function listFileFindings({ file, written, unmerged, merged, conflicts, isUnread }: MergedTable): Finding[] {
  if (written === undefined) return [];
  const { layer } = written.entries.ours;
  const at = { path: pathOf(file), layer };
  if (isUnread) {
    const message = `Layer ${layer} would hide the new base's accounts, and the two cannot be merged.`;
    return [{ ...at, kind: "accounts-masked", weight: "blocks", evidence: "too large to be read", message }];
  }
  const found = conflicts.map(({ key, ours, theirs }): Finding => {
    const numbers = (account: Account | undefined) =>
      account?.fields.slice(2, file === "passwd" ? 4 : 3).join(":") ?? "–";
    const evidence = `${key}: ${numbers(ours)} here, ${numbers(theirs)} in the new base`;
    const message = `The image and the new base gave ${key} different numbers, and files of both belong to it.`;
    return { ...at, kind: "id-collision", weight: "blocks", evidence, message };
  });
  const known = new Set(unmerged.map(({ text }) => text));
  const hidden = merged.filter(({ text }) => !known.has(text)).map(({ name, text }) => name || text);
  if (toText(unmerged) === toText(merged)) return found;
  const evidence = hidden.length === 0 ? "the new base removed some" : `hides ${shorten(hidden)} of the new base`;
  const message = `Layer ${layer} would hide the accounts that the new base added or changed.`;
  return [...found, { ...at, kind: "accounts-masked", weight: "merges", evidence, message }];
}

const MAX_NAMED = 3;

function shorten(names: readonly string[]): string {
  const more = names.length > MAX_NAMED ? ` and ${names.length - MAX_NAMED} more` : "";
  return `${names.slice(0, MAX_NAMED).join(", ")}${more}`;
}

function toDropped({ path, entries }: BothWritten): Finding {
  const evidence = "a backup of the old base's accounts";
  const message = "Nothing reads this file; it is dropped, because what it is a backup of is gone.";
  return { kind: "accounts-masked", weight: "merges", path, layer: entries.ours.layer, evidence, message };
}

function describeScope({ passwd, group, ...others }: MergedTables): string {
  const both = [passwd, group, ...Object.values(others)].filter(({ written }) => written !== undefined);
  const accounts = `${counted(passwd.merged.length, "user")} and ${counted(group.merged.length, "group")}`;
  return `${accounts}; ${counted(both.length, "account file")} written on both sides`;
}
