import { countArtifacts } from "#lib/db/queries/count-artifacts.ts";
import type { Queryable } from "#lib/db/queries/queryable.ts";
import { type FoundName, searchArtifacts } from "#lib/db/queries/search-artifacts.ts";
import { type FoundContent, searchContents } from "#lib/db/queries/search-contents.ts";
import { type FoundDigest, searchDigests } from "#lib/db/queries/search-digests.ts";
import { type FileSearch, searchFiles } from "#lib/db/queries/search-files.ts";
import { type FoundNode, searchNodes } from "#lib/db/queries/search-nodes.ts";
import { toStorable } from "#lib/db/write/storable-text.ts";

/** The best matches of each kind. */
export interface FindAnswer {
  readonly artifacts: readonly FoundName[];
  readonly digests: readonly FoundDigest[];
  /** Contents of files by SHA-256. */
  readonly contents: readonly FoundContent[];
  readonly files: FileSearch;
  readonly nodes: { readonly rows: readonly FoundNode[]; readonly truncated: boolean };
  /** Number of artifacts searched. */
  readonly artifactCount: number;
}

/** Rows of each kind, at most. */
export interface FindLimits {
  readonly artifacts: number;
  readonly digests: number;
  readonly files: number;
  readonly nodes: number;
}

const DEFAULT_LIMITS: FindLimits = { artifacts: 6, digests: 8, files: 8, nodes: 8 };
/** Characters of a text: no longer path or identity is stored whole in an index. */
const MAX_TEXT_LENGTH = 4096;

const NOTHING = { rows: [], truncated: false };

/**
 * The matches of the text, the best of each kind first: artifacts by name, digests and contents of files by prefix, files by name or
 * path, components. A text that begins with a slash is a path, and one with `sha256:` a digest: only these are searched.
 */
export async function answerFind(
  db: Queryable,
  asked: string,
  limits: FindLimits = DEFAULT_LIMITS,
): Promise<FindAnswer> {
  const text = toStorable(asked.slice(0, MAX_TEXT_LENGTH)).trim();
  const isPath = text.startsWith("/");
  const isDigest = /^sha256:/i.test(text);
  const isAny = text !== "" && !isPath && !isDigest;
  const [artifacts, digests, contents, files, nodes, artifactCount] = await Promise.all([
    isAny ? searchArtifacts(db, text, limits.artifacts) : [],
    isAny || isDigest ? searchDigests(db, text, limits.digests) : [],
    isAny || isDigest ? searchContents(db, text, limits.digests) : [],
    isAny || isPath ? searchFiles(db, text, limits.files) : NOTHING,
    isAny || isPath ? findNodes(db, text, limits.nodes) : NOTHING,
    countArtifacts(db),
  ]);
  return { artifacts, digests, contents, files, nodes, artifactCount };
}

async function findNodes(db: Queryable, text: string, limit: number) {
  const rows = await searchNodes(db, text, { limit: limit + 1 });
  return { rows: rows.slice(0, limit), truncated: rows.length > limit };
}
