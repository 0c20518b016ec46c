import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { cache } from "react";
import { Candidates } from "#components/shell/candidates.tsx";
import { Page } from "#components/shell/page.tsx";
import { decodeSegment, type SearchParams } from "#components/ui/search-params.ts";
import { WhyScreen } from "#components/why/why-screen.tsx";
import { defineAddress, parameter } from "#lib/display/address.ts";
import { whyPath, withQuery } from "#lib/display/paths.ts";
import { labelText } from "#lib/display/shown-text.ts";
import { UsageError } from "#lib/model/problem.ts";
import { loadWhy } from "#lib/views/why.ts";
import { named } from "../../../named.ts";

interface Props {
  readonly params: Promise<{ id: string; node: string }>;
  readonly searchParams: SearchParams;
}

const whyAddress = defineAddress({
  paths: parameter.limit({ initial: 4, step: 16, max: 100 }),
  files: parameter.limit({ initial: 12, step: 100, max: 500 }),
  programs: parameter.limit({ initial: 8, step: 40, max: 200 }),
  rows: parameter.limit({ initial: 20, step: 200, max: 2000 }),
  edges: parameter.limit({ initial: 8, step: 40, max: 400 }),
});

/** Loaded once for the title and the page. */
const viewOf = cache((artifact: string, node: string, ...limits: number[]) => {
  const [pathLimit, fileLimit, rowLimit, edgeLimit, programLimit] = limits as [number, number, number, number, number];
  const names = { artifact: decodeSegment(artifact), node: decodeSegment(node) };
  return named(loadWhy({ ...names, pathLimit, fileLimit, rowLimit, edgeLimit, programLimit }));
});

async function loadPage({ params, searchParams }: Props) {
  const shown = whyAddress.parse(await searchParams);
  const { id, node } = await params;
  return {
    id,
    node,
    shown,
    view: await viewOf(id, node, shown.paths, shown.files, shown.rows, shown.edges, shown.programs),
  };
}

export async function generateMetadata(props: Props): Promise<Metadata> {
  const { view } = await loadPage(props);
  if (view instanceof UsageError) return { title: "Which one?" };
  return { title: labelText(`Why ${view.node.name} is in ${view.artifact.name}`) };
}

export default async function WhyPage(props: Props) {
  const { id, node, shown, view } = await loadPage(props);
  if (view instanceof UsageError) {
    return <Candidates error={view} hrefOf={(candidate) => `/artifacts/${id}/why/${encodeURIComponent(candidate)}`} />;
  }
  const path = whyPath(view.artifact.digest, view.node);
  // An index is of one scan only: a shared address has the name.
  if (/^\d+$/.test(node) && !path.endsWith(`/${node}`)) redirect(withQuery(path, await props.searchParams));
  return (
    <Page>
      <WhyScreen
        view={view}
        more={{
          paths: whyAddress.more(path, shown, "paths"),
          files: whyAddress.more(path, shown, "files", "#files"),
          programs: whyAddress.more(path, shown, "programs", "#programs"),
          rows: whyAddress.more(path, shown, "rows"),
          edges: whyAddress.more(path, shown, "edges", "#cut"),
        }}
      />
    </Page>
  );
}
