import type { Pool } from "pg";
import { countKinds } from "#lib/db/queries/count-kinds.ts";
import { type ArtifactDetail, getArtifact } from "#lib/db/queries/get-artifact.ts";
import { listAttached } from "#lib/db/queries/list-attached.ts";
import { type LayerRow, listLayers } from "#lib/db/queries/list-layers.ts";
import { listWasted } from "#lib/db/queries/list-wasted.ts";
import { sumItemFiles } from "#lib/db/queries/sum-item-files.ts";
import { whileThere } from "#lib/db/queries/while-there.ts";
import { answerSignatures, toArtifactAnswer } from "./artifacts.ts";
import { answerNeeds, countNeeds } from "./needs.ts";
import { answerUnowned } from "./unowned.ts";
import { answerNames } from "./versions.ts";

/** Maximum number of wasted files of one artifact: more than any scannable artifact has. */
const ALL_WASTED = 1_000_000;

export type ShownArtifact = Awaited<ReturnType<typeof answerShow>>;

/** One artifact with its layers, components, waste and problems. Throws a GoneError if it is removed meanwhile. */
export function answerShow(db: Pool, id: number) {
  return whileThere(db, [{ id }], async () => {
    const artifact = await getArtifact(db, id);
    const [answer, kinds, layers, wasted, files, attached, signatures, nameHistory, unowned, needs] = await Promise.all(
      [
        toArtifactAnswer(db, artifact),
        countKinds(db, id),
        listLayers(db, [id]),
        listWasted(db, id, ALL_WASTED),
        artifact.kind === "closure" ? sumItemFiles(db, id) : undefined,
        listAttached(db, id),
        answerSignatures(db, id),
        answerNames(db, id),
        isWholeImage(artifact) ? answerUnowned(db, id) : undefined,
        isWholeImage(artifact) ? answerNeeds(db, id) : undefined,
      ],
    );
    return {
      ...answer,
      nameHistory,
      layers: layers.map(toLayer),
      components: Object.fromEntries(kinds.map(({ kind, count }) => [kind, count])),
      unowned: unowned?.classes,
      needs: needs === undefined ? undefined : countNeeds(needs),
      wasted: wasted.rows,
      files,
      ...attached,
      signatures,
      problems: artifact.problems,
    };
  });
}

function isWholeImage({ kind, manifestOnly }: ArtifactDetail): boolean {
  return kind === "image" && !manifestOnly;
}

function toLayer({ artifactId: _, position, wastedSize: __, imageCount: ___, ...layer }: LayerRow) {
  return { index: position, ...layer };
}
