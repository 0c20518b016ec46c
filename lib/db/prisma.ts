import { PrismaPg } from "@prisma/adapter-pg";
import type pg from "pg";
import { PrismaClient } from "./generated/client.ts";

/** One client a pool: each would hang listeners of its own on it. */
const clients = new WeakMap<pg.Pool, PrismaClient>();

/** Prisma over the connections of `pool`, which stays the caller's to end. */
export function openPrisma(pool: pg.Pool): PrismaClient {
  const known = clients.get(pool);
  if (known !== undefined) return known;
  const client = new PrismaClient({ adapter: new PrismaPg(pool) });
  clients.set(pool, client);
  return client;
}
