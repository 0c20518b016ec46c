import type { Metadata } from "next";
import { notFound, redirect } from "next/navigation";
import { toFocusQuestion } from "#components/graph/focus/focus-address.ts";
import { FocusScreen } from "#components/graph/focus/focus-screen.tsx";
import { filterOf, graphParameters } from "#components/graph/graph-address.ts";
import { MapScreen } from "#components/graph/map/map-screen.tsx";
import { OverviewScreen } from "#components/graph/overview/overview-screen.tsx";
import { Candidates } from "#components/shell/candidates.tsx";
import { decodeSegment, type SearchParams } from "#components/ui/search-params.ts";
import { candidatePath, graphPath, nodeText, withQuery } from "#lib/display/paths.ts";
import { labelText } from "#lib/display/shown-text.ts";
import { UsageError } from "#lib/model/problem.ts";
import { shortDigest } from "#lib/model/short-digest.ts";
import { loadFocusPage } from "#lib/views/focus.ts";
import { loadGraphPage } from "#lib/views/graph.ts";
import { loadMapPage } from "#lib/views/map.ts";
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
  const { open, node, focus, rows, q: search } = params;
  const text = decodeSegment((await props.params).id);
  const asked = { text, node, search, rows };
  const filter = filterOf({ ...params, page: "" });
  const load = async () => {
    if (params.view === "focus") return { focus: await loadFocusPage({ text, ...toFocusQuestion(params) }) };
    if (params.view === "map") return { map: await loadMapPage(asked) };
    return { drawing: await loadGraphPage({ ...asked, open: open.map(Number), focus, filter }) };
  };
  const view = await named(load());
  if (view instanceof UsageError) {
    const query = await props.searchParams;
    const hrefOf =
      node === undefined
        ? candidatePath
        : (candidate: string) =>
            withQuery(`/artifacts/${encodeURIComponent(text)}/graph`, { ...query, node: candidate });
    return <Candidates error={view} hrefOf={hrefOf} />;
  }
  const { artifact } = view.focus ?? view.map ?? view.drawing;
  const page = graphPath(artifact.digest);
  // Redirect to digests at once: names can move, and nodes are numbered by what is drawn.
  if (text !== shortDigest(artifact.digest)) redirect(withQuery(page, await props.searchParams));
  const chosen = view.focus?.middle?.node ?? (view.map ?? view.drawing)?.selected?.node;
  const state = { ...params, page, node: chosen && nodeText(chosen), index: chosen?.nodeIndex };
  if (view.focus !== undefined) return <FocusScreen view={view.focus} state={state} />;
  if (view.map !== undefined) return <MapScreen view={view.map} state={state} />;
  return <OverviewScreen view={view.drawing} state={state} />;
}
