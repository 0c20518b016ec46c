import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { CompareGraphScreen } from "#components/compare/compare-graph-screen.tsx";
import { foundAddress, type GraphState } from "#components/graph/graph-address.ts";
import { Candidates } from "#components/shell/candidates.tsx";
import { candidatePath } from "#lib/display/paths.ts";
import { compareGraphPath } from "#lib/display/set-address.ts";
import { shortDigest } from "#lib/display/short-digest.ts";
import { visibleText } from "#lib/display/visible-text.ts";
import { UsageError } from "#lib/model/problem.ts";
import { loadCompareGraph } from "#lib/views/compare-graph.ts";
import { named } from "../../artifacts/named.ts";
import { graphParams } from "../../graph-params.ts";
import type { SearchParams } from "../../search-params.ts";
import { compareParams } from "../compare-params.ts";

interface Props {
  readonly searchParams: SearchParams;
}

export async function generateMetadata({ searchParams }: Props): Promise<Metadata> {
  const { a, b } = compareParams.parse(await searchParams);
  return { title: visibleText(`Graphs of ${a ?? ""} → ${b ?? ""}`) };
}

export default async function CompareGraphPage({ searchParams }: Props) {
  const asked = await searchParams;
  const { a, b } = compareParams.parse(asked);
  if (a === undefined || b === undefined) redirect("/compare");
  const { open, node, focus, q, enter, sort, direction } = graphParams.parse(asked);
  const view = await named(loadCompareGraph({ left: a, right: b, open: open.map(Number), node, focus, search: q }));
  if (view instanceof UsageError) {
    const hrefOf =
      node === undefined ? candidatePath : (candidate: string) => compareGraphPath(a, b, { node: candidate });
    return <Candidates error={view} hrefOf={hrefOf} />;
  }
  // By digest: a name may mean another image tomorrow, and rows are numbered by what is compared.
  const page = compareGraphPath(shortDigest(view.left.digest), shortDigest(view.right.digest));
  const chosen = view.selected === undefined ? undefined : String(view.selected.node.row);
  const state: GraphState = { page, open, node: chosen, focus, limit: undefined, q, sort, direction };
  const [first] = view.matches.rows;
  if (enter && first !== undefined) redirect(foundAddress(state, first.row));
  return <CompareGraphScreen view={view} state={state} />;
}
