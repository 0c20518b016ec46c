import type { Metadata } from "next";
import { z } from "zod";
import { Candidates } from "#components/shell/candidates.tsx";
import { Page } from "#components/shell/page.tsx";
import { WhyScreen } from "#components/why/why-screen.tsx";
import { whyPath, withQuery } from "#lib/display/paths.ts";
import { labelText } from "#lib/display/shown-text.ts";
import { UsageError } from "#lib/model/problem.ts";
import { findArtifactTitle, findNodeTitle } from "#lib/views/titles.ts";
import { loadWhy } from "#lib/views/why.ts";
import { decodeSegment, limitParam, moreHref, type SearchParams } from "../../../../search-params.ts";
import { named } from "../../../named.ts";

interface Props {
  readonly params: Promise<{ id: string; node: string }>;
  readonly searchParams: SearchParams;
}

const USUAL_PATHS = 4;
const MORE_PATHS = 16;
const MOST_PATHS = 100;
const USUAL_FILES = 12;
const MORE_FILES = 100;
const MOST_FILES = 500;
const whyParams = z.object({
  paths: limitParam(USUAL_PATHS, MOST_PATHS),
  files: limitParam(USUAL_FILES, MOST_FILES),
});

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { id, node } = await params;
  const artifact = decodeSegment(id);
  const [what, where] = await Promise.all([findNodeTitle(artifact, decodeSegment(node)), findArtifactTitle(artifact)]);
  return { title: labelText(`Why ${what} is in ${where}`) };
}

export default async function WhyPage(props: Props) {
  const { paths, files } = whyParams.parse(await props.searchParams);
  const { id, node } = await props.params;
  const view = await named(
    loadWhy({ artifact: decodeSegment(id), node: decodeSegment(node), pathLimit: paths, fileLimit: files }),
  );
  if (view instanceof UsageError) {
    return <Candidates error={view} hrefOf={(candidate) => `/artifacts/${id}/why/${encodeURIComponent(candidate)}`} />;
  }
  const shown = { paths: paths === USUAL_PATHS ? undefined : paths, files: files === USUAL_FILES ? undefined : files };
  const hrefOf = (changes: Partial<typeof shown>) =>
    withQuery(whyPath(view.artifact.digest, view.node.nodeIndex), { ...shown, ...changes });
  return (
    <Page>
      <WhyScreen
        view={view}
        morePathsHref={moreHref({ shown: paths, more: MORE_PATHS, most: MOST_PATHS }, (limit) =>
          hrefOf({ paths: limit }),
        )}
        moreFilesHref={moreHref(
          { shown: files, more: MORE_FILES, most: MOST_FILES },
          (limit) => `${hrefOf({ files: limit })}#files`,
        )}
      />
    </Page>
  );
}
