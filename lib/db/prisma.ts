import { PrismaPg } from "@prisma/adapter-pg";
import type pg from "pg";
import { PrismaClient } from "./generated/client.ts";
import { toUnreachable } from "./unreachable.ts";

type Client = ReturnType<typeof makeClient>;

/** One client a pool: each would hang listeners of its own on it. */
const clients = new WeakMap<pg.Pool, Client>();

/**
 * Prisma over the connections of `pool`, which stays the caller's to end. Its queries fail as ours do: what is the database's
 * fault rejects with an UnreachableError.
 */
export function openPrisma(pool: pg.Pool): Client {
  const known = clients.get(pool);
  if (known !== undefined) return known;
  const client = makeClient(pool);
  clients.set(pool, client);
  return client;
}

function makeClient(pool: pg.Pool) {
  // Not the usual format, which reads our source to quote it in the message: a person waits for the line that comes of it.
  return new PrismaClient({ adapter: new PrismaPg(pool), errorFormat: "minimal" }).$extends({
    query: {
      $allOperations: async ({ args, query }) => {
        try {
          return await query(args);
        } catch (error) {
          throw toUnreachable(error) ?? error;
        }
      },
    },
  });
}
