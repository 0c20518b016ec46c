import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { CompareGraphScreen } from "#components/graph/compare-graph-screen.tsx";
import { comparedText, type GraphState, graphParameters } from "#components/graph/graph-address.ts";
import { CompareMapScreen } from "#components/graph/map/compare-map-screen.tsx";
import { compareGraphPath, diffAddress, diffPath } from "#components/set/set-address.ts";
import { Candidates } from "#components/shell/candidates.tsx";
import type { SearchParams } from "#components/ui/search-params.ts";
import { withQuery } from "#lib/display/paths.ts";
import { labelText } from "#lib/display/shown-text.ts";
import { UsageError } from "#lib/model/problem.ts";
import { shortDigest } from "#lib/model/short-digest.ts";
import { loadCompareGraph, loadCompareMap } from "#lib/views/compare-graph.ts";
import { areFound, findArtifactTitle } from "#lib/views/titles.ts";
import { named } from "../../artifacts/named.ts";

interface Props {
  readonly searchParams: SearchParams;
}

export async function generateMetadata({ searchParams }: Props): Promise<Metadata> {
  const { a, b } = diffAddress.parse(await searchParams);
  const names = await Promise.all([a, b].map((text) => findArtifactTitle(text ?? "")));
  // If one is not found, the page redirects to the comparison, which reports it.
  return { title: names.includes(undefined) ? "Compare" : labelText(`Graphs of ${names.join(" → ")}`) };
}

export default async function CompareGraphPage({ searchParams }: Props) {
  const asked = await searchParams;
  const { a, b } = diffAddress.parse(asked);
  // The comparison reports what is missing or given twice.
  if (a === undefined || b === undefined) redirect(withQuery("/compare", { a: asked.a, b: asked.b }));
  // The comparison reports unknown and ambiguous names.
  if (!(await areFound([a, b]))) redirect(diffPath(a, b));
  const params = graphParameters.parse(asked);
  const { open, node, focus, q: search } = params;
  const question = { left: a, right: b, node, focus, search };
  const load = async () =>
    params.view === "map"
      ? { map: await loadCompareMap(question) }
      : { drawing: await loadCompareGraph({ ...question, open: open.map(Number) }) };
  const view = await named(load());
  if (view instanceof UsageError) {
    return <Candidates error={view} hrefOf={(candidate) => withQuery(compareGraphPath(a, b), { node: candidate })} />;
  }
  // Redirect to digests at once: names can move, and rows are numbered by what is compared.
  const loaded = view.map ?? view.drawing;
  const [left, right] = [shortDigest(loaded.left.digest), shortDigest(loaded.right.digest)];
  const page = compareGraphPath(left, right);
  if (a !== left || b !== right) redirect(withQuery(page, withoutNames(asked)));
  const chosen = loaded.selected?.node;
  const selected = { node: chosen && comparedText(chosen), index: chosen?.row };
  const state: GraphState = { ...params, page, ...selected, view: view.map === undefined ? "overview" : "map" };
  return view.map === undefined ? (
    <CompareGraphScreen view={view.drawing} state={state} />
  ) : (
    <CompareMapScreen view={view.map} state={state} />
  );
}

function withoutNames({ a: _, b: __, ...state }: Awaited<SearchParams>): Awaited<SearchParams> {
  return state;
}
