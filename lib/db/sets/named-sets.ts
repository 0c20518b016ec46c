import type { Pool } from "pg";
import { type Digest, digestBytes, digestOf } from "#lib/model/digest.ts";
import { QuotaError } from "#lib/model/problem.ts";
import { openPrisma } from "../prisma.ts";
import { toStorable } from "../write/storable-text.ts";

/** Named sets per database: as many as a page lists, so that each can be deleted. */
export const MAX_NAMED_SETS = 50;

/** A selection of artifacts that a user saved under a name. */
export interface NamedSet {
  readonly name: string;
  readonly digests: readonly Digest[];
}

/** The named sets of a database. */
export interface NamedSets {
  /** Saves a set; one of the same name is replaced. Throws a QuotaError at the limit. */
  save(set: NamedSet): Promise<void>;
  /** By name. */
  list(limit: number): Promise<NamedSet[]>;
  /** False if the set does not exist. */
  remove(name: string): Promise<boolean>;
}

export function openNamedSets(pool: Pool): NamedSets {
  const { namedSet: table } = openPrisma(pool);
  return {
    save: async ({ name: given, digests }) => {
      const name = toStorable(given);
      if ((await table.count({ where: { NOT: { name } } })) >= MAX_NAMED_SETS) {
        throw new QuotaError(`the limit is ${MAX_NAMED_SETS} named sets: delete one first`);
      }
      const members = digests.map(digestBytes);
      await table.upsert({ where: { name }, create: { name, digests: members }, update: { digests: members } });
    },
    list: async (limit) => {
      const rows = await table.findMany({ orderBy: { name: "asc" }, take: limit });
      return rows.map(({ name, digests }) => ({ name, digests: digests.map(digestOf) }));
    },
    remove: async (name) => (await table.deleteMany({ where: { name: toStorable(name) } })).count > 0,
  };
}
