import type { Pool } from "pg";
import { toUnreachable } from "../unreachable.ts";

/** A pool as pg-boss asks it. Its statements come with their own transactions. */
export interface JobDatabase {
  // biome-ignore lint/suspicious/noExplicitAny: pg-boss declares its rows so.
  executeSql(text: string, values?: unknown[]): Promise<{ rows: any[] }>;
}

export function toJobDatabase(pool: Pool): JobDatabase {
  return {
    executeSql: async (text, values) => {
      try {
        return await pool.query(text, values);
      } catch (error) {
        throw toUnreachable(error) ?? error;
      }
    },
  };
}
