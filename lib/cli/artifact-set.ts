import type { FoundArtifact } from "#lib/db/queries/find-artifact.ts";
import { findArtifacts } from "#lib/db/queries/find-artifacts.ts";
import type { Queryable } from "#lib/db/queries/queryable.ts";
import { isPattern } from "#lib/db/queries/queryable.ts";
import { partKey } from "#lib/model/artifact-part.ts";
import { say, type Terminal } from "./terminal.ts";

/**
 * The artifacts that these words name, each once, in the order they are first named; a pattern names all that fit it. A set
 * holds an artifact once: one that is named twice is left out the second time, and that is said. Throws a UsageError as
 * `findArtifacts` does.
 */
export async function findArtifactSet(
  db: Queryable,
  terminal: Terminal,
  names: readonly string[],
): Promise<FoundArtifact[]> {
  const found = new Map<string, FoundArtifact>();
  for (const name of names) {
    for (const artifact of await findArtifacts(db, name)) {
      const known = found.get(partKey(artifact));
      if (known === undefined) found.set(partKey(artifact), artifact);
      else if (!isPattern(name)) say(terminal, `${name} is ${known.name}, which is in the set already`);
    }
  }
  return [...found.values()];
}
