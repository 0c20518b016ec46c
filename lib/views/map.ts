import "server-only";
import { answerSelection, type SelectionAnswer } from "#lib/answers/graph/artifact-graph.ts";
import { answerMapNodes, answerSection, type SectionShape, type ShapedSection } from "#lib/answers/graph/map.ts";
import { findArtifact } from "#lib/db/queries/find-artifact.ts";
import { type ArtifactDetail, getArtifact } from "#lib/db/queries/get-artifact.ts";
import { listSteps } from "#lib/db/queries/list-steps.ts";
import type { MapNodes } from "#lib/model/map-nodes.ts";
import { unownedName } from "#lib/model/unowned-name.ts";
import { database } from "./database.ts";
import type { GraphRequest } from "./graph.ts";
import { byDiffId, nameUnowned } from "./name-unowned.ts";
import { toNodeName } from "./node-name.ts";
import { orNotFound } from "./or-not-found.ts";

export interface MapPage extends SelectionAnswer {
  readonly artifact: ArtifactDetail;
}

/** The page of a map: its artifact and the selected node. The map itself is loaded by the browser. Throws like `loadGraphPage`. */
export async function loadMapPage({
  text,
  node,
  search,
  rows,
}: Pick<GraphRequest, "text" | "node" | "search" | "rows">): Promise<MapPage> {
  const db = await database();
  const { id } = await findArtifact(db, text);
  return orNotFound(async () => {
    const asked = { node: toNodeName(node), search, rows };
    const [artifact, answer] = await Promise.all([getArtifact(db, id), answerSelection(db, id, asked)]);
    return { artifact, ...(await nameUnowned(db, id, answer)) };
  });
}

/** Where all nodes of an artifact are on its map. */
export async function loadMapSection(text: string, shape: SectionShape): Promise<ShapedSection> {
  const db = await database();
  const { id } = await findArtifact(db, text);
  return orNotFound(() => answerSection(db, id, shape));
}

/** What is known of them. */
export async function loadMapNodes(text: string): Promise<MapNodes> {
  const db = await database();
  const { id } = await findArtifact(db, text);
  return orNotFound(async () => {
    const [nodes, steps] = await Promise.all([answerMapNodes(db, id), listSteps(db, id)]);
    const found = byDiffId(steps);
    const nameOf = (node: number) => {
      const step = nodes.kinds[node] === "unowned" ? found.get(nodes.versions[node]!) : undefined;
      return step === undefined ? undefined : unownedName(step);
    };
    return {
      ...nodes,
      names: nodes.names.map((name, node) => nameOf(node) ?? name),
      versions: nodes.versions.map((version, node) => (nameOf(node) === undefined ? version : "")),
    };
  });
}
