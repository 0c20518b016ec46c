import type { Metadata } from "next";
import { z } from "zod";
import type { GraphState } from "#components/graph/graph-address.ts";
import { GraphScreen } from "#components/graph/graph-screen.tsx";
import { Candidates } from "#components/shell/candidates.tsx";
import { candidatePath, withQuery } from "#lib/display/paths.ts";
import { visibleText } from "#lib/display/visible-text.ts";
import { UsageError } from "#lib/model/problem.ts";
import { loadGraphPage, OPENING_NODES } from "#lib/views/graph.ts";
import { findArtifactTitle } from "#lib/views/titles.ts";
import { decodeSegment, directionParam, listParam, type SearchParams, textParam } from "../../../search-params.ts";
import { named } from "../../named.ts";

interface Props {
  readonly params: Promise<{ id: string }>;
  readonly searchParams: SearchParams;
}

/** Groups open at once: far more than there is room for. */
const MOST_OPEN = 64;
const nodeParam = z.string().min(1).max(4096).optional().catch(undefined);

const graphParams = z.object({
  open: listParam.transform((parents) => parents.filter((parent) => /^(-1|\d{1,9})$/.test(parent)).slice(0, MOST_OPEN)),
  node: nodeParam,
  focus: nodeParam,
  limit: z.coerce.number().int().min(1).max(OPENING_NODES).optional().catch(undefined),
  q: textParam,
  sort: z.enum(["name", "self", "closure", "retained"]).optional().catch(undefined),
  direction: directionParam,
});

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: visibleText(`Graph of ${await findArtifactTitle(decodeSegment((await params).id))}`) };
}

export default async function GraphPage(props: Props) {
  const { open, node, focus, limit, q, sort, direction } = graphParams.parse(await props.searchParams);
  const text = decodeSegment((await props.params).id);
  const view = await named(loadGraphPage({ text, open: open.map(Number), node, focus, limit, search: q }));
  if (view instanceof UsageError) {
    const hrefOf =
      node === undefined
        ? candidatePath
        : (candidate: string) => withQuery(`/artifacts/${encodeURIComponent(text)}/graph`, { node: candidate });
    return <Candidates error={view} hrefOf={hrefOf} />;
  }
  const chosen = view.selected === undefined ? undefined : String(view.selected.node.nodeIndex);
  const state: GraphState = { digest: view.artifact.digest, open, node: chosen, focus, limit, q, sort, direction };
  return <GraphScreen view={view} state={state} />;
}
