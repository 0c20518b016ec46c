import type { Queryable } from "#lib/db/queries/queryable.ts";
import { searchArtifacts } from "#lib/db/queries/search-artifacts.ts";
import { searchDigests } from "#lib/db/queries/search-digests.ts";
import { searchFiles } from "#lib/db/queries/search-files.ts";
import { searchNodes } from "#lib/db/queries/search-nodes.ts";

export type FindAnswer = Awaited<ReturnType<typeof answerFind>>;

const MAX_ARTIFACTS = 6;
const MAX_DIGESTS = 8;
const MAX_FILES = 8;
const MAX_NODES = 20;

/** The matches of the text: artifacts, digests by prefix, files by path, components. The best match of each first. */
export async function answerFind(db: Queryable, text: string) {
  const [artifacts, digests, files, nodes] = await Promise.all([
    searchArtifacts(db, text, MAX_ARTIFACTS),
    searchDigests(db, text, MAX_DIGESTS),
    searchFiles(db, text, MAX_FILES),
    searchNodes(db, text, { limit: MAX_NODES }),
  ]);
  return { artifacts, digests, files, nodes };
}
