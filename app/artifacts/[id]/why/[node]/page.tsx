import type { Metadata } from "next";
import { z } from "zod";
import { Candidates } from "#components/shell/candidates.tsx";
import { Page } from "#components/shell/page.tsx";
import { WhyScreen } from "#components/why/why-screen.tsx";
import { whyPath, withQuery } from "#lib/display/paths.ts";
import { visibleText } from "#lib/display/visible-text.ts";
import { UsageError } from "#lib/model/problem.ts";
import { findArtifactTitle, findNodeTitle } from "#lib/views/titles.ts";
import { loadWhy } from "#lib/views/why.ts";
import { decodeSegment, limitParam, type SearchParams } from "../../../../search-params.ts";
import { named } from "../../../named.ts";

interface Props {
  readonly params: Promise<{ id: string; node: string }>;
  readonly searchParams: SearchParams;
}

const USUAL_PATHS = 4;
const MORE_PATHS = 16;
const MOST_PATHS = 200;
const whyParams = z.object({ paths: limitParam(USUAL_PATHS, MOST_PATHS) });

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { id, node } = await params;
  const artifact = decodeSegment(id);
  const [what, where] = await Promise.all([findNodeTitle(artifact, decodeSegment(node)), findArtifactTitle(artifact)]);
  return { title: visibleText(`Why ${what} is in ${where}`) };
}

export default async function WhyPage(props: Props) {
  const { paths } = whyParams.parse(await props.searchParams);
  const { id, node } = await props.params;
  const view = await named(loadWhy(decodeSegment(id), decodeSegment(node), paths));
  if (view instanceof UsageError) {
    return <Candidates error={view} hrefOf={(candidate) => `/artifacts/${id}/why/${encodeURIComponent(candidate)}`} />;
  }
  const moreHref = withQuery(whyPath(view.artifact.digest, view.node.nodeIndex), {
    paths: Math.min(MOST_PATHS, paths + MORE_PATHS),
  });
  return (
    <Page>
      <WhyScreen view={view} moreHref={moreHref} />
    </Page>
  );
}
