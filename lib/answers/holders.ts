import {
  type HolderFilter,
  type HolderList,
  listComponentHolders,
  listFileHolders,
} from "#lib/db/queries/list-holders.ts";
import type { Queryable } from "#lib/db/queries/queryable.ts";
import { toStorable } from "#lib/db/write/storable-text.ts";

export type { Holder, HolderList } from "#lib/db/queries/list-holders.ts";

/** A file that `answerFind` has found. */
export interface HeldFile {
  readonly path: string;
  /** The store path of the item with the file; `null` in an image. */
  readonly item: string | null;
}

/** The artifacts with a file at this path, by name. In images, those whose containers see it. */
export function answerFileHolders(db: Queryable, { path, item }: HeldFile, filter: HolderFilter): Promise<HolderList> {
  if (item !== null) return answerComponentHolders(db, item, filter);
  return listFileHolders(db, toStorable(path).replace(/^\/+/, ""), toStorableFilter(filter));
}

/** The artifacts with a component, which is known by its purl or store path, by name. */
export function answerComponentHolders(db: Queryable, identity: string, filter: HolderFilter): Promise<HolderList> {
  return listComponentHolders(db, toStorable(identity), toStorableFilter(filter));
}

function toStorableFilter({ text, limit }: HolderFilter): HolderFilter {
  return { text: toStorable(text), limit };
}
