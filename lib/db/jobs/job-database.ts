import pg, { type Pool, type PoolClient } from "pg";
import { toUnreachable } from "../unreachable.ts";

/** A pool, or a connection in a transaction, as pg-boss asks it. Its statements come with their own transactions. */
export interface JobDatabase {
  // biome-ignore lint/suspicious/noExplicitAny: pg-boss declares its rows so.
  executeSql(text: string, values?: unknown[]): Promise<{ rows: any[] }>;
}

/** pg-boss' queries have fractions of seconds, which the pool's own parsers refuse: our queries ask for integers only. */
const types: pg.CustomTypesConfig = {
  getTypeParser: (oid, format) =>
    oid === pg.types.builtins.NUMERIC
      ? Number
      : oid === pg.types.builtins.INT8
        ? Number
        : pg.types.getTypeParser(oid, format),
};

export function toJobDatabase(pool: Pool | PoolClient): JobDatabase {
  return {
    executeSql: async (text, values) => {
      try {
        return await pool.query({ text, values, types });
      } catch (error) {
        throw toUnreachable(error) ?? error;
      }
    },
  };
}
