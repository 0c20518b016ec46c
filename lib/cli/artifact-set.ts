import type { FoundArtifact } from "#lib/db/queries/find-artifact.ts";
import { findArtifacts } from "#lib/db/queries/find-artifacts.ts";
import type { Queryable } from "#lib/db/queries/queryable.ts";
import { isPattern } from "#lib/db/queries/queryable.ts";
import { formatCount, formatCounted } from "#lib/display/bytes.ts";
import type { ArtifactLabel } from "#lib/model/answer.ts";
import { partKey } from "#lib/model/artifact-part.ts";
import { UsageError } from "#lib/model/problem.ts";
import { print, type Terminal } from "./terminal.ts";

/** Names listed in the error for a pattern that matches several artifacts. */
const MAX_CANDIDATES = 12;

/** Descriptions of arguments in help texts. */
export const IMAGE = "name, repo:tag, digest or id";
export const ARTIFACT = `${IMAGE}, or a root's store path`;
export const ARTIFACTS = "names, patterns like api-*, repo:tags, digests, ids, or roots' store paths";
export const RUNG_OPTION =
  "what counts as equal (default: file, or layer if an artifact is known by its manifest alone)";
export const NODE = "purl, package name, store path, or the part of it after the hash";

/** The artifact with this name. Throws a UsageError if there is none, or if a pattern matches several. */
export async function findOneArtifact(db: Queryable, name: string): Promise<FoundArtifact> {
  const [first, ...more] = await findArtifacts(db, name);
  if (more.length === 0) return first!;
  const candidates = [first!, ...more].slice(0, MAX_CANDIDATES).map((found) => found.name);
  throw new UsageError(`${name} matches ${formatCount(more.length + 1)} artifacts, and one is expected`, candidates);
}

/**
 * The artifacts with these names or matching these patterns, each once, in order of their first mention. Says which names are
 * repeated. Throws a UsageError for a name or a pattern without a match.
 */
export async function findArtifactSet(
  db: Queryable,
  terminal: Terminal,
  names: readonly string[],
): Promise<FoundArtifact[]> {
  const found = new Map<string, FoundArtifact>();
  for (const name of names) {
    const named = await findArtifacts(db, name);
    if (isPattern(name)) print(terminal, `${name} matches ${formatCounted(named.length, "artifact")}`);
    for (const artifact of named) {
      const known = found.get(partKey(artifact));
      if (known === undefined) found.set(partKey(artifact), artifact);
      else if (!isPattern(name)) print(terminal, `${name} is ${known.name}, which is in the set already`);
    }
  }
  return [...found.values()];
}

/** The JSON field that says why an answer counts bytes of downloads: the artifacts known by their manifests alone, if any. */
export function manifestOnlyField(artifacts: readonly ArtifactLabel[]): { readonly manifestOnly?: readonly string[] } {
  const ids = artifacts.filter(({ manifestOnly }) => manifestOnly).map(({ id }) => id);
  return ids.length === 0 ? {} : { manifestOnly: ids };
}
