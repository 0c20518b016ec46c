import type { Queryable } from "#lib/db/queries/queryable.ts";
import { type FoundName, searchArtifacts } from "#lib/db/queries/search-artifacts.ts";
import { type FoundDigest, searchDigests } from "#lib/db/queries/search-digests.ts";
import { type FileSearch, searchFiles } from "#lib/db/queries/search-files.ts";
import { type FoundNode, searchNodes } from "#lib/db/queries/search-nodes.ts";

export interface FindAnswer {
  readonly artifacts: readonly FoundName[];
  readonly digests: readonly FoundDigest[];
  readonly files: FileSearch;
  readonly nodes: readonly FoundNode[];
}

const ARTIFACT_LIMIT = 6;
const DIGEST_LIMIT = 8;
const FILE_LIMIT = 8;
const NODE_LIMIT = 20;

/** The matches of the text: artifacts, digests by prefix, files by path, components. The best match of each first. */
export async function answerFind(db: Queryable, text: string): Promise<FindAnswer> {
  const [artifacts, digests, files, nodes] = await Promise.all([
    searchArtifacts(db, text, ARTIFACT_LIMIT),
    searchDigests(db, text, DIGEST_LIMIT),
    searchFiles(db, text, FILE_LIMIT),
    searchNodes(db, text, { limit: NODE_LIMIT }),
  ]);
  return { artifacts, digests, files, nodes };
}
