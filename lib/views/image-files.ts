import "server-only";
import { answerImageFiles } from "#lib/answers/image-files.ts";
import { findArtifact } from "#lib/db/queries/find-artifact.ts";
import { type ArtifactDetail, getArtifact } from "#lib/db/queries/get-artifact.ts";
import { type LayerRow, listLayers } from "#lib/db/queries/list-layers.ts";
import type { NodeName } from "#lib/db/queries/list-node-names.ts";
import type { ImageFile, ImageFileFilter } from "#lib/model/image-files.ts";
import { PAGE_ROWS } from "#lib/model/row-page.ts";
import { database } from "./database.ts";
import { EVERYTHING, type Export } from "./exports.ts";
import { nameUnowned } from "./name-unowned.ts";
import { orNotFound } from "./or-not-found.ts";

export type { NodeName } from "#lib/db/queries/list-node-names.ts";

/** A file with the name of the component that owns it; `undefined` if no container sees it. */
export interface ListedFile extends ImageFile {
  readonly ownerName: NodeName | undefined;
}

export interface ListedFiles {
  readonly rows: readonly ListedFile[];
  readonly matching: number;
  readonly matchingBytes: number;
}

export interface ImageFilesView {
  readonly artifact: ArtifactDetail;
  /** The lowest first. */
  readonly layers: readonly LayerRow[];
  readonly files: ListedFiles;
  /** Number of the first row of `files`. */
  readonly loadedFrom: number;
}

type Filter = Omit<ImageFileFilter, "limit">;

/** The page of all files of an image. Throws a UsageError if the text matches no artifact, or several, or no image. */
export async function loadImageFiles(text: string, filter: Filter): Promise<ImageFilesView> {
  const db = await database();
  const { id } = await findArtifact(db, text);
  return orNotFound(async () => {
    const loadedFrom = filter.offset - (filter.offset % PAGE_ROWS);
    const [artifact, layers, files] = await Promise.all([
      getArtifact(db, id),
      listLayers(db, [id]),
      listFiles(id, { ...filter, offset: loadedFrom, limit: 2 * PAGE_ROWS }),
    ]);
    return { artifact, layers, files, loadedFrom };
  });
}

/** A window's page of the files. */
export async function loadFileRows(text: string, filter: Filter): Promise<ListedFiles> {
  const db = await database();
  const { id } = await findArtifact(db, text);
  return orNotFound(() => listFiles(id, { ...filter, limit: PAGE_ROWS }));
}

/** All that match, as a file has them. */
export async function exportImageFiles(text: string, filter: Filter): Promise<Export<ListedFile>> {
  const db = await database();
  const { id, name } = await findArtifact(db, text);
  const { rows } = await orNotFound(() => listFiles(id, { ...filter, offset: 0, limit: EVERYTHING }));
  return { name, kind: "image", rows };
}

async function listFiles(id: number, filter: ImageFileFilter): Promise<ListedFiles> {
  const db = await database();
  const { owners, rows, ...sums } = await answerImageFiles(db, id, filter);
  const names = new Map((await nameUnowned(db, id, owners)).map((owner) => [owner.nodeIndex, owner]));
  return { ...sums, rows: rows.map((file) => ({ ...file, ownerName: names.get(file.owner) })) };
}
