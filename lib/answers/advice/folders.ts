import type { Pool } from "pg";
import { sumFolders } from "#lib/analysis/advice/folder-sums.ts";
import { maskOf } from "#lib/model/advice.ts";
import type { AdvisedFolder, AdvisedFolders } from "#lib/model/advised-folders.ts";
import type { ArtifactPart } from "#lib/model/artifact-part.ts";
import type { AdviceChoice } from "../advise.ts";
import { checkSized } from "../check-sized.ts";
import { whileWhole } from "../while-whole.ts";
import { loadKeepClaims } from "./keep.ts";

export interface FoldersQuestion extends AdviceChoice {
  /** A folder without slashes at its ends; "" is the root. */
  readonly path: string;
}

/**
 * What could be removed from one artifact, by the folders in a folder; of a closure, by its items. A path that nothing has is a folder
 * without bytes. Throws as `answerAdvice` does.
 */
export function answerAdvisedFolders(db: Pool, part: ArtifactPart, question: FoldersQuestion): Promise<AdvisedFolders> {
  const { path, selected = [], keep = [] } = question;
  return whileWhole(db, [part], async () => {
    await checkSized(db, [part]);
    const { kept } = await loadKeepClaims(db, part, keep);
    const asked = { folders: kept.folders, path: toLatin1(path), selected: maskOf(selected) };
    const { folders, ...rest } = sumFolders(kept.claims, asked);
    return { ...rest, path, folders: folders.map(toText) };
  });
}

/** Paths are kept as the bytes of their UTF-8. */
function toText({ name, path, parts, ...rest }: AdvisedFolder): AdvisedFolder {
  return { ...rest, name: fromLatin1(name), path: fromLatin1(path), parts: parts.map(toText) };
}

const fromLatin1 = (bytes: string) => Buffer.from(bytes, "latin1").toString("utf8");
const toLatin1 = (text: string) => Buffer.from(text, "utf8").toString("latin1");
