import type { FoundArtifact } from "#lib/db/queries/find-artifact.ts";
import { findArtifacts } from "#lib/db/queries/find-artifacts.ts";
import type { Queryable } from "#lib/db/queries/queryable.ts";
import { isPattern } from "#lib/db/queries/queryable.ts";
import { formatCount, formatCounted } from "#lib/display/bytes.ts";
import { partKey } from "#lib/model/artifact-part.ts";
import { UsageError } from "#lib/model/problem.ts";
import { say, type Terminal } from "./terminal.ts";

/** Names that a pattern for too many artifacts is answered with. */
const MAX_CANDIDATES = 12;

/** The one artifact that a word names; a pattern may match no other. Throws a UsageError as `findArtifacts` does. */
export async function findOneArtifact(db: Queryable, name: string): Promise<FoundArtifact> {
  const [first, ...more] = await findArtifacts(db, name);
  if (more.length === 0) return first!;
  const candidates = [first!, ...more].slice(0, MAX_CANDIDATES).map((found) => found.name);
  throw new UsageError(`${name} matches ${formatCount(more.length + 1)} artifacts, and one is expected`, candidates);
}

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
    const named = await findArtifacts(db, name);
    if (isPattern(name)) say(terminal, `${name} matches ${formatCounted(named.length, "artifact")}`);
    for (const artifact of named) {
      const known = found.get(partKey(artifact));
      if (known === undefined) found.set(partKey(artifact), artifact);
      else if (!isPattern(name)) say(terminal, `${name} is ${known.name}, which is in the set already`);
    }
  }
  return [...found.values()];
}
