import { type FoundArtifact, findArtifact } from "#lib/db/queries/find-artifact.ts";
import type { Queryable } from "#lib/db/queries/queryable.ts";
import { partKey } from "#lib/model/artifact-part.ts";
import { say, type Terminal } from "./terminal.ts";

/**
 * The artifacts that these words name, each once, in the order they are first named. A set holds an artifact once: one
 * that is named twice is left out the second time, and that is said. Throws a UsageError as `findArtifact` does.
 */
export async function findArtifactSet(
  db: Queryable,
  terminal: Terminal,
  names: readonly string[],
): Promise<FoundArtifact[]> {
  const found = new Map<string, FoundArtifact>();
  for (const name of names) {
    const artifact = await findArtifact(db, name);
    const known = found.get(partKey(artifact));
    if (known === undefined) found.set(partKey(artifact), artifact);
    else say(terminal, `${name} is ${known.name}, which is in the set already`);
  }
  return [...found.values()];
}
