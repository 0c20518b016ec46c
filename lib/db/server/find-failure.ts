import { errorCode } from "#lib/model/error-code.ts";
import { withConnection } from "../connections.ts";
import { toUnreachable } from "../unreachable.ts";
import type { Database } from "./database.ts";

/** A server that accepts a connection and sends nothing for this long does not answer. */
const MAX_ANSWER_MS = 10_000;
const TOO_MANY_CONNECTIONS = "53300";

/**
 * Why the database does not answer; `undefined` if it does. Uses a separate connection: all of the pool's may be busy, which is
 * no failure.
 */
export async function findFailure({ config }: Pick<Database, "config">): Promise<string | undefined> {
  try {
    await withConnection({ ...config, query_timeout: MAX_ANSWER_MS }, (client) => client.query("SELECT 1"));
    return undefined;
  } catch (error) {
    // A restart would not help then.
    if (errorCode(error) === TOO_MANY_CONNECTIONS) return undefined;
    return toUnreachable(error)?.message ?? String(error);
  }
}
