import type { Metadata } from "next";
import { notFound, redirect } from "next/navigation";
import { graphParameters } from "#components/graph/graph-address.ts";
import { GraphScreen } from "#components/graph/graph-screen.tsx";
import { Candidates } from "#components/shell/candidates.tsx";
import { decodeSegment, type SearchParams } from "#components/ui/search-params.ts";
import { candidatePath, graphPath, withQuery } from "#lib/display/paths.ts";
import { labelText } from "#lib/display/shown-text.ts";
import { UsageError } from "#lib/model/problem.ts";
import { shortDigest } from "#lib/model/short-digest.ts";
import { loadGraphPage, OPENING_NODES } from "#lib/views/graph.ts";
import { findArtifactTitle } from "#lib/views/titles.ts";
import { named } from "../../named.ts";

interface Props {
  readonly params: Promise<{ id: string }>;
  readonly searchParams: SearchParams;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const name = (await findArtifactTitle(decodeSegment((await params).id))) ?? notFound();
  return { title: labelText(`Graph of ${name}`) };
}

export default async function GraphPage(props: Props) {
  const params = graphParameters.parse(await props.searchParams);
  const { open, node, focus, q: search } = params;
  const limit = (params.limit ?? 0) > OPENING_NODES ? undefined : params.limit;
  const text = decodeSegment((await props.params).id);
  const view = await named(loadGraphPage({ text, open: open.map(Number), node, focus, limit, search }));
  if (view instanceof UsageError) {
    const hrefOf =
      node === undefined
        ? candidatePath
        : (candidate: string) => withQuery(`/artifacts/${encodeURIComponent(text)}/graph`, { node: candidate });
    return <Candidates error={view} hrefOf={hrefOf} />;
  }
  const chosen = view.selected === undefined ? undefined : String(view.selected.node.nodeIndex);
  const page = graphPath(view.artifact.digest);
  // Redirect to digests at once: names can move, and nodes are numbered by what is drawn.
  if (text !== shortDigest(view.artifact.digest)) redirect(withQuery(page, await props.searchParams));
  return <GraphScreen view={view} state={{ ...params, page, node: chosen, limit }} />;
}
