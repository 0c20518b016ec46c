import type { Pool } from "pg";
import { countKinds } from "#lib/db/queries/count-kinds.ts";
import { type ArtifactDetail, getArtifact, listDetails } from "#lib/db/queries/get-artifact.ts";
import { getCacheFacts } from "#lib/db/queries/get-cache-facts.ts";
import { listAttached } from "#lib/db/queries/list-attached.ts";
import { type LayerRow, listLayers } from "#lib/db/queries/list-layers.ts";
import { listRoots, listSubjects } from "#lib/db/queries/list-roots.ts";
import { listWasted } from "#lib/db/queries/list-wasted.ts";
import type { Queryable } from "#lib/db/queries/queryable.ts";
import { sumItemFiles } from "#lib/db/queries/sum-item-files.ts";
import { whileThere } from "#lib/db/queries/while-there.ts";
import { toArtifactId } from "#lib/model/artifact-id.ts";
import type { SignatureCounts, SignatureStatus } from "#lib/model/signature.ts";
import { answerNeeds, countNeeds } from "./needs.ts";
import { answerUnowned } from "./unowned.ts";
import { answerNames } from "./versions.ts";

/** Maximum number of wasted files of one artifact: more than any scannable artifact has. */
const ALL_WASTED = 1_000_000;

export type ArtifactAnswer = Awaited<ReturnType<typeof answerArtifact>>;

/** One artifact with all its current names. Sizes in bytes. Throws a GoneError if no artifact has this id. */
export async function answerArtifact(db: Queryable, id: number) {
  return toAnswer(db, await getArtifact(db, id));
}

/** The artifacts with these ids, by id, without those that were removed. */
export async function answerArtifacts(db: Queryable, ids: readonly number[]): Promise<Map<number, ArtifactAnswer>> {
  const answers = new Map<number, ArtifactAnswer>();
  for (const artifact of await listDetails(db, ids)) answers.set(artifact.id, await toAnswer(db, artifact));
  return answers;
}

export type ShownArtifact = Awaited<ReturnType<typeof answerShow>>;

/** One artifact with its layers, components, waste and problems. Throws a GoneError if it is removed meanwhile. */
export function answerShow(db: Pool, id: number) {
  return whileThere(db, [{ id }], async () => {
    const artifact = await getArtifact(db, id);
    const [answer, kinds, layers, wasted, files, attached, signatures, nameHistory, unowned, needs] = await Promise.all(
      [
        toAnswer(db, artifact),
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

/** How many items of a closure are signed; `undefined` for an artifact that was never scanned from a binary cache. */
export async function answerSignatures(db: Queryable, id: number): Promise<SignatureCounts | undefined> {
  const facts = await getCacheFacts(db, id);
  if (facts === undefined) return undefined;
  const counts = facts.checks.map(() => 0);
  for (const row of facts.check) counts[row]! += 1;
  const sum = (status: SignatureStatus, keyName?: string) =>
    facts.checks.reduce((total, check, row) => {
      const isCounted = check.status === status && (keyName === undefined || check.keyName === keyName);
      return isCounted ? total + counts[row]! : total;
    }, 0);
  return {
    items: facts.check.length,
    verified: Object.fromEntries(facts.keyNames.map((name) => [name, sum("verified", name)])),
    wrong: sum("wrong"),
    noKey: sum("no-key"),
    unsigned: sum("unsigned"),
  };
}

async function toAnswer(db: Queryable, artifact: ArtifactDetail) {
  const { kind, name, allNames: names, source, digest, platform, nodeCount, edgeCount } = artifact;
  const common = { id: toArtifactId(digest), kind, name, names, source, digest, platform, nodeCount, edgeCount };
  if (kind === "closure") {
    const { closureSize, downloadSize, storeDir, rootsKnown } = artifact;
    return { ...common, closureSize, downloadSize, roots: await listRoots(db, artifact.id), storeDir, rootsKnown };
  }
  if (kind === "sbom") {
    const { format, specVersion, documentName, fileCount } = artifact;
    return { ...common, format, specVersion, documentName, fileCount, roots: await listSubjects(db, artifact.id) };
  }
  const { configDigest, layersContentSize, rootfsSize, wastedSize, downloadSize, manifestOnly } = artifact;
  if (manifestOnly) return { ...common, manifestOnly, configDigest, downloadSize };
  return { ...common, configDigest, layersContentSize, rootfsSize, wastedSize, downloadSize };
}

function toLayer({ artifactId: _, position, wastedSize: __, imageCount: ___, ...layer }: LayerRow) {
  return { index: position, ...layer };
}
