import type { Pool } from "pg";
import { measureAgain } from "#lib/scan/measure-again.ts";
import { say, sayProgress, type Terminal } from "../terminal.ts";

/**
 * Measures graphs again that an older engine measured, so that no command answers with figures of two definitions. Each
 * graph is a transaction of its own: where the command is stopped, the next one goes on.
 */
export async function renewMeasures(terminal: Terminal, pool: Pool, artifactIds: readonly number[]): Promise<void> {
  for (const [i, id] of artifactIds.entries()) {
    sayProgress(terminal, `measuring again what an older version measured: graph ${i + 1} of ${artifactIds.length}`);
    await measureAgain(pool, id);
  }
  sayProgress(terminal, "");
  say(terminal, `an older version had measured ${artifactIds.length} graphs: measured again`);
}
