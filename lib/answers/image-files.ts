import type { Pool } from "pg";
import { listNodeNames, type NodeName } from "#lib/db/queries/list-node-names.ts";
import type { ImageFileFilter, ImageFileRows } from "#lib/model/image-files.ts";
import { NotKnownError } from "#lib/model/problem.ts";
import { checkSized } from "./check-sized.ts";
import { loadKeptFiles } from "./kept/files.ts";
import { loadKeptHoldings } from "./kept/holdings.ts";
import { whileWhole } from "./while-whole.ts";

export interface ImageFilesAnswer extends ImageFileRows {
  /** Names of the components that own the rows. */
  readonly owners: readonly NodeName[];
}

/**
 * All files of all layers of an image, hidden ones too: the rows from `offset` on. Throws a NotKnownError for a closure, a SizelessError for
 * an SBOM, a GoneError if the image is removed meanwhile.
 */
export function answerImageFiles(db: Pool, artifactId: number, filter: ImageFileFilter): Promise<ImageFilesAnswer> {
  return whileWhole(db, [{ id: artifactId }], async () => {
    await checkSized(db, [{ id: artifactId }]);
    const [held] = await loadKeptHoldings(db, [{ id: artifactId }]);
    if (held?.kind !== "image") throw new NotKnownError("only an image has layers with files");
    const found = (await loadKeptFiles(db, held)).select(filter);
    const owners = [...new Set(found.rows.map(({ owner }) => owner))].filter((owner) => owner >= 0);
    return { ...found, owners: await listNodeNames(db, artifactId, owners) };
  });
}
