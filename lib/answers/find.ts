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

const MAX_ARTIFACTS = 6;
const MAX_DIGESTS = 8;
const MAX_FILES = 8;
const MAX_NODES = 20;

/** The matches of the text: artifacts, digests by prefix, files by path, components. The best match of each first. */
export async function answerFind(db: Queryable, text: string): Promise<FindAnswer> {
  const [artifacts, digests, files, nodes] = await Promise.all([
    searchArtifacts(db, text, MAX_ARTIFACTS),
    searchDigests(db, text, MAX_DIGESTS),
    searchFiles(db, text, MAX_FILES),
    searchNodes(db, text, { limit: MAX_NODES }),
  ]);
  return { artifacts, digests, files, nodes };
}
