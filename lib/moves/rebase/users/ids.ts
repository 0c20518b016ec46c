import type { Account } from "#lib/formats/accounts/index.ts";

/** Whose number: a user's or a group's. */
export type IdKind = "uid" | "gid";

/** The file that gives these numbers their names. */
export const TABLE_OF = { uid: "passwd", gid: "group" } as const;

/** The number of a user or a group; `undefined` if its record has none. */
export function idOf({ name, fields }: Account): number | undefined {
  return name === "" ? undefined : parseId(fields[2] ?? "");
}

export function parseId(text: string): number | undefined {
  return /^\d{1,10}$/.test(text) ? Number(text) : undefined;
}

/** The names of a number. */
export function namesOf(accounts: readonly Account[], id: number): string[] {
  return accounts.filter((account) => idOf(account) === id).map(({ name }) => name);
}

export function findAccount(accounts: readonly Account[], name: string): Account | undefined {
  return accounts.find((account) => account.name === name);
}
