import type { Pool } from "pg";
import { type Digest, digestBytes, digestOf } from "#lib/model/digest.ts";
import { QuotaError } from "#lib/model/problem.ts";
import { openPrisma } from "../prisma.ts";
import { toStorable } from "../write/storable-text.ts";

/** Named sets of one database: as many as a page lists, so that each can be deleted. */
export const MAX_NAMED_SETS = 50;

/** Artifacts somebody chose together, under a name of theirs. */
export interface NamedSet {
  readonly name: string;
  readonly digests: readonly Digest[];
}

/** The named sets of a database. */
export interface NamedSets {
  /** Keeps a set; one of the same name is replaced. Throws a QuotaError where there are as many as are kept. */
  save(set: NamedSet): Promise<void>;
  /** By name. */
  list(limit: number): Promise<NamedSet[]>;
  /** False where there is no such set. */
  remove(name: string): Promise<boolean>;
}

export function openNamedSets(pool: Pool): NamedSets {
  const { namedSet: table } = openPrisma(pool);
  return {
    save: async ({ name: given, digests }) => {
      const name = toStorable(given);
      if ((await table.count({ where: { NOT: { name } } })) >= MAX_NAMED_SETS) {
        throw new QuotaError(`${MAX_NAMED_SETS} named sets are kept at most: delete one first`);
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
