import "server-only";
import { answerComponentFiles, type ComponentSide } from "#lib/answers/component-files.ts";
import { answerWhy } from "#lib/answers/why.ts";
import { findArtifact } from "#lib/db/queries/find-artifact.ts";
import { type ArtifactDetail, getArtifact } from "#lib/db/queries/get-artifact.ts";
import type { NodeRow } from "#lib/db/queries/list-nodes.ts";
import type { ComponentFilesAnswer } from "#lib/model/component-files.ts";
import { database } from "./database.ts";
import { nameUnowned } from "./name-unowned.ts";
import { orNotFound } from "./or-not-found.ts";

export interface ComponentSideView {
  readonly artifact: ArtifactDetail;
  /** `undefined` if this side does not have the component. */
  readonly node: NodeRow | undefined;
}

export interface ComponentFilesView extends ComponentFilesAnswer {
  readonly left: ComponentSideView;
  readonly right: ComponentSideView;
}

export interface SideRequest {
  /** Name, id or digest of the artifact. */
  readonly text: string;
  /** The node's id; "" if this side does not have it. */
  readonly node: string;
}

/** The files of a component in two artifacts. Throws a UsageError if a name matches nothing, or several. */
export async function loadComponentFiles(
  left: SideRequest,
  right: SideRequest,
  limit: number,
): Promise<ComponentFilesView> {
  const db = await database();
  return orNotFound(async () => {
    const [before, after] = await Promise.all([loadSide(left), loadSide(right)]);
    const answer = await answerComponentFiles(db, toSide(before), toSide(after), limit);
    return { left: before, right: after, ...answer };
  });
}

async function loadSide({ text, node }: SideRequest): Promise<ComponentSideView> {
  const db = await database();
  const { id } = await findArtifact(db, text);
  const artifact = await getArtifact(db, id);
  if (node === "") return { artifact, node: undefined };
  const detail = await answerWhy(db, { artifactId: id, node, limit: 1, pathLimit: 1 });
  return { artifact, node: (await nameUnowned(db, id, detail)).node };
}

function toSide({ artifact, node }: ComponentSideView): ComponentSide | undefined {
  return node && { artifactId: artifact.id, nodeIndex: node.nodeIndex };
}
