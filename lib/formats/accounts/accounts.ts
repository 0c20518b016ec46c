import { type MergedRecords, mergeRecords, type TextRecord, type ThreeSides } from "../three-way/index.ts";

/** The account files that are merged by record: passwd(5), group(5), shadow(5), gshadow(5), subuid(5), subgid(5). */
export const ACCOUNT_FILES = ["passwd", "group", "shadow", "gshadow", "subuid", "subgid"] as const;
export type AccountFile = (typeof ACCOUNT_FILES)[number];

/** A line of an account file. The key is the name; of a subordinate range, the whole line. */
export interface Account extends TextRecord {
  readonly name: string;
  readonly fields: readonly string[];
}

/** Columns whose text is a list of names: each name is there or not. */
const LIST_COLUMNS: Readonly<Partial<Record<AccountFile, readonly number[]>>> = { group: [3], gshadow: [2, 3] };

/** Columns that files on the disk refer to: two sides that changed one differently cannot be merged. */
const NUMBER_COLUMNS: Readonly<Partial<Record<AccountFile, readonly number[]>>> = { passwd: [2, 3], group: [2] };

/** The lines of an account file (as latin1). Empty ones are dropped; a comment is a record of its own. */
export function parseAccounts(text: string, file: AccountFile): Account[] {
  const isRange = file === "subuid" || file === "subgid";
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  return lines.map((line) => {
    const fields = line.split(":");
    const name = line.startsWith("#") ? "" : fields[0]!;
    return { key: isRange || name === "" ? line : name, text: line, name, fields };
  });
}

/**
 * Merges one account file: theirs in their order, then what only ours has, as the tools that add accounts do. Where both sides changed a
 * record, it is merged by field: names in a list one by one; a number changed on both sides is a conflict; of any other field ours
 * counts, since it was set for this image.
 */
export function mergeAccounts(sides: ThreeSides<readonly Account[]>, file: AccountFile): MergedRecords<Account> {
  return mergeRecords(sides, ({ base, ours, theirs }) => {
    // Removed on one side, changed on the other: an account that is still there harms no file.
    if (ours === undefined || theirs === undefined) return ours ?? theirs;
    const fields = mergeColumns({ base: base?.fields ?? [], ours: ours.fields, theirs: theirs.fields }, file);
    return fields === undefined ? undefined : { ...ours, fields, text: fields.join(":") };
  });
}

function mergeColumns({ base, ours, theirs }: ThreeSides<readonly string[]>, file: AccountFile): string[] | undefined {
  const merged: string[] = [];
  for (let column = 0; column < Math.max(ours.length, theirs.length); column++) {
    const at = { base: base[column] ?? "", ours: ours[column] ?? "", theirs: theirs[column] ?? "" };
    const settled = mergeColumn(at, column, file);
    if (settled === undefined) return undefined;
    merged.push(settled);
  }
  return merged;
}

function mergeColumn(at: ThreeSides<string>, column: number, file: AccountFile): string | undefined {
  if (LIST_COLUMNS[file]?.includes(column)) return mergeNames(at);
  if (at.ours === at.base || at.ours === at.theirs) return at.theirs;
  if (at.theirs !== at.base && NUMBER_COLUMNS[file]?.includes(column)) return undefined;
  return at.ours;
}

function mergeNames({ base, ours, theirs }: ThreeSides<string>): string {
  const list = (text: string) =>
    text
      .split(",")
      .filter((name) => name !== "")
      .map((name) => ({ key: name, text: name }));
  const { records } = mergeRecords({ base: list(base), ours: list(ours), theirs: list(theirs) }, () => null);
  return records.map(({ key }) => key).join(",");
}
