import pg from "pg";

/** Uses a connection of its own and ends it. Rejects as `use` does, or if none can be made. */
export async function withConnection<T>(config: pg.ClientConfig, use: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client(config);
  // A server that dies between the connection and its end emits an event; without a listener it would end this process.
  client.on("error", () => undefined);
  try {
    await client.connect();
    return await use(client);
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** Uses a connection of a pool. After a failure it is closed, which rolls back: it may have broken during a COPY. */
export async function withPooled<T>(pool: pg.Pool, use: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let failure: Error | undefined;
  try {
    return await use(client);
  } catch (error) {
    failure = error instanceof Error ? error : new Error(String(error));
    throw error;
  } finally {
    client.release(failure);
  }
}

/** Uses a connection of a pool in one transaction: all of it becomes visible, or nothing. */
export function withTransaction<T>(pool: pg.Pool, use: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  return withPooled(pool, async (client) => {
    await client.query("BEGIN");
    const value = await use(client);
    await client.query("COMMIT");
    return value;
  });
}
