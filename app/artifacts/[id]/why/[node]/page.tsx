import type { Metadata } from "next";
import { cache } from "react";
import { z } from "zod";
import { Candidates } from "#components/shell/candidates.tsx";
import { Page } from "#components/shell/page.tsx";
import { decodeSegment, limitParam, moreHref, type SearchParams } from "#components/ui/search-params.ts";
import { WhyScreen } from "#components/why/why-screen.tsx";
import { whyPath, withQuery } from "#lib/display/paths.ts";
import { labelText } from "#lib/display/shown-text.ts";
import { UsageError } from "#lib/model/problem.ts";
import { loadWhy } from "#lib/views/why.ts";
import { named } from "../../../named.ts";

interface Props {
  readonly params: Promise<{ id: string; node: string }>;
  readonly searchParams: SearchParams;
}

const DEFAULT_PATHS = 4;
const MORE_PATHS = 16;
const MAX_PATHS = 100;
const DEFAULT_FILES = 12;
const MORE_FILES = 100;
const MAX_FILES = 500;
const whyParams = z.object({
  paths: limitParam(DEFAULT_PATHS, MAX_PATHS),
  files: limitParam(DEFAULT_FILES, MAX_FILES),
});

/** Loaded once for the title and the page. */
const viewOf = cache((artifact: string, node: string, pathLimit: number, fileLimit: number) =>
  named(loadWhy({ artifact: decodeSegment(artifact), node: decodeSegment(node), pathLimit, fileLimit })),
);

async function loadPage({ params, searchParams }: Props) {
  const { paths, files } = whyParams.parse(await searchParams);
  const { id, node } = await params;
  return { id, paths, files, view: await viewOf(id, node, paths, files) };
}

export async function generateMetadata(props: Props): Promise<Metadata> {
  const { view } = await loadPage(props);
  if (view instanceof UsageError) return { title: "Which one?" };
  return { title: labelText(`Why ${view.node.name} is in ${view.artifact.name}`) };
}

export default async function WhyPage(props: Props) {
  const { id, paths, files, view } = await loadPage(props);
  if (view instanceof UsageError) {
    return <Candidates error={view} hrefOf={(candidate) => `/artifacts/${id}/why/${encodeURIComponent(candidate)}`} />;
  }
  const shown = {
    paths: paths === DEFAULT_PATHS ? undefined : paths,
    files: files === DEFAULT_FILES ? undefined : files,
  };
  const hrefOf = (changes: Partial<typeof shown>) =>
    withQuery(whyPath(view.artifact.digest, view.node.nodeIndex), { ...shown, ...changes });
  return (
    <Page>
      <WhyScreen
        view={view}
        morePathsHref={moreHref({ shown: paths, more: MORE_PATHS, most: MAX_PATHS }, (limit) =>
          hrefOf({ paths: limit }),
        )}
        moreFilesHref={moreHref(
          { shown: files, more: MORE_FILES, most: MAX_FILES },
          (limit) => `${hrefOf({ files: limit })}#files`,
        )}
      />
    </Page>
  );
}
