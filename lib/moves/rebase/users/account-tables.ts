import {
  ACCOUNT_FILES,
  type Account,
  type AccountFile,
  mergeAccounts,
  parseAccounts,
} from "#lib/formats/accounts/index.ts";
import type { Conflict, ThreeSides } from "#lib/formats/three-way/index.ts";
import { type BothWritten, listBothWritten, textAt, textsOf } from "../both-written.ts";
import type { MovedTree, RebaseSides } from "../sides.ts";

/** One account file as the rebased image would have it. */
export interface MergedTable {
  readonly file: AccountFile;
  /** `undefined`: only one side wrote it. */
  readonly written: BothWritten | undefined;
  /** As the image's layers leave it; of a file that they do not write, as the new base has it. */
  readonly unmerged: readonly Account[];
  /** Accounts of which both sides changed the number are as the image's layers have them. */
  readonly merged: readonly Account[];
  readonly conflicts: readonly Conflict<Account>[];
  /** It was not kept when it was read. */
  readonly isUnread: boolean;
}

export type MergedTables = Readonly<Record<AccountFile, MergedTable>>;

export function pathOf(file: AccountFile): string {
  return `etc/${file}`;
}

/** The accounts of a tree; none if the file is not there. */
export function readTable(tree: MovedTree, file: AccountFile): Account[] {
  return parseAccounts(textAt(tree, pathOf(file)) ?? "", file);
}

/** All account files, merged where both sides wrote one. */
export function mergeTables(sides: RebaseSides): MergedTables {
  const paths = ACCOUNT_FILES.map(pathOf);
  const written = listBothWritten(sides, (path) => paths.includes(path));
  const tables = ACCOUNT_FILES.map((file): [AccountFile, MergedTable] => {
    const both = written.find(({ path }) => path === pathOf(file));
    return [file, both === undefined ? keepTable(sides, file) : mergeTable(sides, file, both)];
  });
  return Object.fromEntries(tables) as Record<AccountFile, MergedTable>;
}

function keepTable({ after }: RebaseSides, file: AccountFile): MergedTable {
  const accounts = readTable(after, file);
  const isUnread = textAt(after, pathOf(file)) === undefined;
  return { file, written: undefined, unmerged: accounts, merged: accounts, conflicts: [], isUnread };
}

function mergeTable(sides: RebaseSides, file: AccountFile, written: BothWritten): MergedTable {
  const texts = textsOf(sides, written.path);
  if (texts === undefined) return { ...keepTable(sides, file), written, isUnread: true };
  const parsed: ThreeSides<Account[]> = {
    base: parseAccounts(texts.base, file),
    ours: parseAccounts(texts.ours, file),
    theirs: parseAccounts(texts.theirs, file),
  };
  const { records, conflicts } = mergeAccounts(parsed, file);
  const merged = [...records, ...conflicts.flatMap(({ ours }) => ours ?? [])];
  return { file, written, unmerged: parsed.ours, merged, conflicts, isUnread: false };
}
