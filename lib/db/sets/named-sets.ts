import type { Pool } from "pg";
import { type Digest, digestBytes, digestOf } from "#lib/model/digest.ts";
import { openPrisma } from "../prisma.ts";
import { toStorable } from "../write/storable-text.ts";

/** Artifacts somebody chose together, under a name of theirs. */
export interface NamedSet {
  readonly name: string;
  readonly digests: readonly Digest[];
}

/** The named sets of a database. */
export interface NamedSets {
  /** Keeps a set; one of the same name is replaced. */
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
