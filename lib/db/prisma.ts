import { PrismaPg } from "@prisma/adapter-pg";
import type pg from "pg";
import { PrismaClient } from "./generated/client.ts";
import { toUnreachable } from "./unreachable.ts";

type Client = ReturnType<typeof makeClient>;

/** One client per pool: each client adds listeners to it. */
const clients = new WeakMap<pg.Pool, Client>();

/**
 * Prisma over the connections of `pool`, which the caller ends. Database failures reject with an UnreachableError, as in our own
 * queries.
 */
export function openPrisma(pool: pg.Pool): Client {
  const known = clients.get(pool);
  if (known !== undefined) return known;
  const client = makeClient(pool);
  clients.set(pool, client);
  return client;
}

function makeClient(pool: pg.Pool) {
  // Not the default format, which reads our source to quote it in the message, and that is slow.
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
