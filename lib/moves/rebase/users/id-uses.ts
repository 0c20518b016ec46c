import type { Account } from "#lib/formats/accounts/index.ts";
import { EntryKind } from "#lib/model/layer.ts";
import type { MovedEntry, RebaseSides } from "../sides.ts";
import { readTable } from "./account-tables.ts";
import { type IdKind, idOf, TABLE_OF } from "./ids.ts";

/** A number that the image depends on: the first path of its layers that belongs to it. */
export interface IdUse {
  readonly id: number;
  readonly path: string;
  readonly layer: number | undefined;
  /** Files and folders of the layers that belong to it. */
  readonly count: number;
}

/**
 * The numbers that the image's own layers use: owners of what they added or changed, and accounts that they added. The superuser's is
 * none of them, and neither are the folders of the base that a layer lists only as the way to its files.
 */
export function listIdUses(sides: RebaseSides, kind: IdKind): Map<number, IdUse> {
  const uses = new Map<number, IdUse>();
  for (const entry of listOwnEntries(sides)) addUse(uses, entry[kind], entry);
  const path = `etc/${TABLE_OF[kind]}`;
  const layer = sides.upper.findLast((entry) => entry.path === path)?.layer;
  for (const account of listAddedAccounts(sides, kind)) addUse(uses, idOf(account), { path, layer }, 0);
  return uses;
}

function addUse(uses: Map<number, IdUse>, id: number | undefined, at: Pick<IdUse, "path" | "layer">, step = 1): void {
  if (id === undefined || id === 0) return;
  const known = uses.get(id) ?? { id, path: at.path, layer: at.layer, count: 0 };
  uses.set(id, { ...known, count: known.count + step });
}

/** What the layers added, or changed in more than its time. */
function* listOwnEntries({ before, oldBase, oldBaseLayers }: RebaseSides): Generator<MovedEntry> {
  for (const node of before.names) {
    if (node.layer < oldBaseLayers) continue;
    const entry = before.entryOf(node);
    const old = oldBase.lookup(node.path);
    const known = old && oldBase.entryOf(old);
    if (entry !== undefined && !isOfBase(entry, known)) yield entry;
  }
}

function isOfBase(entry: MovedEntry, known: MovedEntry | undefined): boolean {
  if (known === undefined || known.kind !== entry.kind) return false;
  if (known.uid !== entry.uid || known.gid !== entry.gid) return false;
  return entry.kind === EntryKind.directory || (known.content === entry.content && known.link === entry.link);
}

/** The accounts that the image has in another form than its old base, or that base has not. */
export function listAddedAccounts({ before, oldBase }: RebaseSides, kind: IdKind): Account[] {
  const known = new Set(readTable(oldBase, TABLE_OF[kind]).map(({ text }) => text));
  return readTable(before, TABLE_OF[kind]).filter(({ text }) => !known.has(text));
}
