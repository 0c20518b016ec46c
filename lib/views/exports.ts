import "server-only";
import type { Pool } from "pg";
import { checkSized } from "#lib/answers/check-sized.ts";
import { answerExport } from "#lib/answers/export.ts";
import { answerUnowned } from "#lib/answers/unowned.ts";
import { whileWhole } from "#lib/answers/while-whole.ts";
import { type FoundArtifact, findArtifact } from "#lib/db/queries/find-artifact.ts";
import { getArtifact } from "#lib/db/queries/get-artifact.ts";
import { type LayerRow, listLayers } from "#lib/db/queries/list-layers.ts";
import { listNodes, type NodeRow } from "#lib/db/queries/list-nodes.ts";
import { listWasted } from "#lib/db/queries/list-wasted.ts";
import { whileThere } from "#lib/db/queries/while-there.ts";
import type { WastedFile } from "#lib/model/answer.ts";
import type { ArtifactKind } from "#lib/model/artifact-label.ts";
import type { ExportAnswer } from "#lib/model/graph-export.ts";
import type { UnownedFiles } from "#lib/model/unowned-class.ts";
import { database } from "./database.ts";
import { orNotFound } from "./or-not-found.ts";

/** Maximum rows of a file: more than any scannable artifact has. */
export const EVERYTHING = 10_000_000;

export interface Export<Row> {
  readonly name: string;
  readonly kind: ArtifactKind;
  readonly rows: readonly Row[];
}

/** The layers of an image, lowest first. Like the others, throws a UsageError if the text matches no artifact, or several. */
export const exportLayers = (text: string): Promise<Export<LayerRow>> =>
  exportRows(text, (db, { id }) => listLayers(db, [id]), whileThere);

/** Every node of an artifact, those that retain most first. */
export const exportNodes = (text: string): Promise<Export<NodeRow>> =>
  exportRows(text, async (db, { id }) => (await listNodes(db, id, { limit: EVERYTHING })).rows, whileWhole);

/** Every file body that containers do not see, the largest first. */
export const exportWasted = (text: string): Promise<Export<WastedFile>> =>
  exportRows(text, async (db, { id }) => (await listWasted(db, id, EVERYTHING)).rows, whileSized);

/** What the files are that no package owns, class by class. */
export const exportUnowned = (text: string): Promise<Export<UnownedFiles>> =>
  exportRows(text, async (db, { id }) => (await answerUnowned(db, id))?.classes ?? [], whileSized);

/** The whole graph of an artifact, with its name for a file. */
export async function exportGraph(text: string): Promise<ExportAnswer> {
  const db = await database();
  const { id } = await findArtifact(db, text);
  return orNotFound(() => answerExport(db, id));
}

const whileSized: typeof whileThere = (db, artifacts, work) =>
  whileWhole(db, artifacts, async () => {
    await checkSized(db, artifacts);
    return work();
  });

async function exportRows<Row>(
  text: string,
  list: (db: Pool, artifact: FoundArtifact) => Promise<readonly Row[]>,
  guard: typeof whileThere,
): Promise<Export<Row>> {
  const db = await database();
  const artifact = await findArtifact(db, text);
  const { kind } = await orNotFound(() => getArtifact(db, artifact.id));
  return { name: artifact.name, kind, rows: await orNotFound(() => guard(db, [artifact], () => list(db, artifact))) };
}
