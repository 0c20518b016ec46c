import type { Account } from "#lib/formats/accounts/index.ts";
import type { Finding } from "#lib/model/rebase-answer.ts";
import { counted } from "../counted.ts";
import type { RebaseSides } from "../sides.ts";
import { type MergedTables, readTable } from "./account-tables.ts";
import { type IdUse, listIdUses } from "./id-uses.ts";
import { findAccount, type IdKind, idOf, namesOf, TABLE_OF } from "./ids.ts";

export interface ComparedIds {
  readonly findings: readonly Finding[];
  /** Accounts of the old base that the image's files belong to and that the new base lacks: the merge keeps them. */
  readonly restored: readonly Account[];
}

/** Whether each number that the image uses still means who it meant. `more`: numbers that are used by no file. */
export function compareIds(
  sides: RebaseSides,
  tables: MergedTables,
  kind: IdKind,
  more: readonly IdUse[],
): ComparedIds {
  const uses = listIdUses(sides, kind);
  for (const use of more) if (use.id !== 0 && !uses.has(use.id)) uses.set(use.id, use);
  const comparison = new IdComparison(sides, tables, kind);
  for (const use of [...uses.values()].sort((a, b) => a.id - b.id)) comparison.add(use);
  return { findings: comparison.findings, restored: comparison.restored };
}

class IdComparison {
  readonly findings: Finding[] = [];
  readonly restored: Account[] = [];
  readonly #kind: IdKind;
  readonly #before: readonly Account[];
  readonly #merged: readonly Account[];
  readonly #canRestore: boolean;

  constructor(sides: RebaseSides, tables: MergedTables, kind: IdKind) {
    this.#kind = kind;
    this.#before = readTable(sides.before, TABLE_OF[kind]);
    this.#merged = tables[TABLE_OF[kind]].merged;
    this.#canRestore = sides.after.lookup(`etc/${TABLE_OF[kind]}`) !== undefined;
  }

  add(use: IdUse): void {
    const before = namesOf(this.#before, use.id);
    const after = namesOf(this.#merged, use.id);
    const [other] = after.filter((name) => !before.includes(name));
    if (other !== undefined) this.#addCollision(use, before[0], other);
    else if (after.length === 0) for (const name of before) this.#addMissing(use, findAccount(this.#before, name)!);
  }

  /** A number without a name is only a number: that the new base names it is good to know. */
  #addCollision(use: IdUse, name: string | undefined, other: string): void {
    const meaning = name === undefined ? "no name" : name;
    this.#add(use, {
      kind: "id-collision",
      weight: name === undefined ? "note" : "blocks",
      evidence: `${this.#kind} ${use.id}: ${meaning} here, ${other} in the new base`,
      message: `${ownerOf(use, this.#kind)} would belong to ${other}.`,
    });
  }

  #addMissing(use: IdUse, account: Account): void {
    const now = findAccount(this.#merged, account.name);
    if (now !== undefined) this.#addMoved(use, account.name, idOf(now));
    else {
      if (this.#canRestore) this.restored.push(account);
      this.#add(use, {
        kind: "account-missing",
        weight: this.#canRestore ? "merges" : "blocks",
        evidence: `${account.name} (${this.#kind} ${use.id}) is not in the new base`,
        message: `${ownerOf(use, this.#kind)} would belong to nobody${this.#canRestore ? "; the account is kept" : ""}.`,
      });
    }
  }

  #addMoved(use: IdUse, name: string, now: number | undefined): void {
    this.#add(use, {
      kind: "id-collision",
      weight: "blocks",
      evidence: `${name}: ${this.#kind} ${use.id} here, ${now ?? "none"} in the new base`,
      message: `${ownerOf(use, this.#kind)} would no longer belong to ${name}.`,
    });
  }

  #add({ path, layer }: IdUse, finding: Omit<Finding, "path" | "layer">): void {
    this.findings.push({ ...finding, path, layer });
  }
}

function ownerOf({ count, id, layer }: IdUse, kind: IdKind): string {
  if (count === 0) return `Whatever ${kind} ${id} owns`;
  return `${counted(count, "file")} of ${kind} ${id}, the first in layer ${layer},`;
}
