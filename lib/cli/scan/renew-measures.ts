import type { Pool } from "pg";
import { formatCounted } from "#lib/display/bytes.ts";
import { measureAgain } from "#lib/scan/measure-again.ts";
import { print, printProgress, type Terminal } from "../terminal.ts";

/**
 * Measures graphs again that an older engine measured, so that no answer mixes figures of two definitions. Each graph is one
 * transaction: after an interruption, the next command continues.
 */
export async function renewMeasures(terminal: Terminal, pool: Pool, artifactIds: readonly number[]): Promise<void> {
  for (const [i, id] of artifactIds.entries()) {
    printProgress(terminal, `updating measures of an older version: graph ${i + 1} of ${artifactIds.length}`);
    await measureAgain(pool, id);
  }
  printProgress(terminal, "");
  print(
    terminal,
    `updated the measures of ${formatCounted(artifactIds.length, "graph")}, which an older version had computed`,
  );
}
