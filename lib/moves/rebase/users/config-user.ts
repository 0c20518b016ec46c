import type { Account } from "#lib/formats/accounts/index.ts";
import type { Finding } from "#lib/model/rebase-answer.ts";
import type { RebaseSides } from "../sides.ts";
import { readTable } from "./account-tables.ts";
import type { IdUse } from "./id-uses.ts";
import { findAccount, type IdKind, idOf, parseId, TABLE_OF } from "./ids.ts";

/** `User` of the configuration: `name`, `number`, either with `:group`. */
interface ConfiguredUser {
  readonly uid: string;
  readonly gid: string;
}

function parseUser(text: string): ConfiguredUser {
  const colon = text.indexOf(":");
  return colon < 0 ? { uid: text, gid: "" } : { uid: text.slice(0, colon), gid: text.slice(colon + 1) };
}

/** An engine looks for a name first, even where it is a number. "" is the superuser's. */
function resolveId(accounts: readonly Account[], text: string): number | undefined {
  if (text === "") return 0;
  const account = findAccount(accounts, text);
  return account === undefined ? parseId(text) : idOf(account);
}

/** The number that the configuration's user, or its group, has in the image as it is. */
export function listConfiguredUses(sides: RebaseSides, kind: IdKind): IdUse[] {
  const text = parseUser(sides.configs.after.parsed.settings.user)[kind];
  const id = text === "" ? undefined : resolveId(readTable(sides.before, TABLE_OF[kind]), text);
  return id === undefined ? [] : [{ id, path: `etc/${TABLE_OF[kind]}`, layer: undefined, count: 0 }];
}

/** Whether engines could still start the image as its user. */
export function checkConfiguredUser(
  sides: RebaseSides,
  merged: Readonly<Record<IdKind, readonly Account[]>>,
): { findings: Finding[]; before: Finding[] } {
  const user = parseUser(sides.configs.after.parsed.settings.user);
  const found = (["uid", "gid"] as const).flatMap((kind) => {
    const now = resolveId(merged[kind], user[kind]);
    const before = resolveId(readTable(sides.before, TABLE_OF[kind]), user[kind]);
    if (now === undefined) return [{ isOld: before === undefined, finding: toUnresolved(kind, user[kind]) }];
    return before === undefined || before === now
      ? []
      : [{ isOld: false, finding: toMoved(kind, user[kind], { before, now }) }];
  });
  return {
    findings: found.filter(({ isOld }) => !isOld).map(({ finding }) => finding),
    before: found.filter(({ isOld }) => isOld).map(({ finding }) => ({ ...finding, weight: "note" })),
  };
}

function toUnresolved(kind: IdKind, name: string): Finding {
  const path = `etc/${TABLE_OF[kind]}`;
  const what = kind === "uid" ? "user" : "group";
  const evidence = `User ${name}: not in ${path}`;
  const message = `The configuration starts the image as the ${what} ${name}, which would not exist.`;
  return { kind: "user-unresolved", weight: "blocks", path, layer: undefined, evidence, message };
}

/** Files of the layers that belong to the old number are a finding of their own. */
function toMoved(kind: IdKind, name: string, { before, now }: { before: number; now: number }): Finding {
  const path = `etc/${TABLE_OF[kind]}`;
  const evidence = `User ${name}: ${kind} ${before} → ${now}`;
  const message = `The image would run as ${kind} ${now}; files in volumes may belong to ${before}.`;
  return { kind: "id-collision", weight: "note", path, layer: undefined, evidence, message };
}
