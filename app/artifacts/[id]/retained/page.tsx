import type { Metadata } from "next";
import { notFound, redirect } from "next/navigation";
import { retainedAddress } from "#components/retained/retained-address.ts";
import { RetainedScreen } from "#components/retained/retained-screen.tsx";
import { Candidates } from "#components/shell/candidates.tsx";
import { Page } from "#components/shell/page.tsx";
import { decodeSegment, type SearchParams } from "#components/ui/search-params.ts";
import { candidatePath, nodeText } from "#lib/display/paths.ts";
import { labelText } from "#lib/display/shown-text.ts";
import { UsageError } from "#lib/model/problem.ts";
import { loadRetained } from "#lib/views/retained.ts";
import { findArtifactTitle } from "#lib/views/titles.ts";
import { named } from "../../named.ts";

interface Props {
  readonly params: Promise<{ id: string }>;
  readonly searchParams: SearchParams;
}

/** Parts drawn at most; a page draws them twice, for a wide window and a narrow one. */
const TREEMAP = { top: 40, inner: 12, levels: 4, all: 240, minShare: 0.004 };
const ICICLE = { top: 40, inner: 12, levels: 9, all: 240, minShare: 0.004 };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const title = (await findArtifactTitle(decodeSegment((await params).id))) ?? notFound();
  return { title: labelText(`What keeps what in ${title}`) };
}

export default async function RetainedPage({ params, searchParams }: Props) {
  const given = retainedAddress.parse(await searchParams);
  const { picture, node, family, from, sort, direction = sort === "name" ? "asc" : "desc", rows: limit } = given;
  const text = decodeSegment((await params).id);
  const view = await named(
    loadRetained({
      text,
      node,
      family,
      from,
      parts: picture === "icicle" ? ICICLE : TREEMAP,
      rows: { sort, direction, limit },
      cycles: given.cycles,
    }),
  );
  const page = `/artifacts/${encodeURIComponent(text)}/retained`;
  if (view instanceof UsageError) {
    const nodeHref = (candidate: string) => retainedAddress.format(page, { picture, node: candidate });
    return <Candidates error={view} hrefOf={node === undefined ? candidatePath : nodeHref} />;
  }
  const shown = view.path.at(-1);
  // An index is of one scan only: a shared address has the name.
  if (node !== undefined && shown !== undefined && node === `${shown.nodeIndex}` && node !== nodeText(shown)) {
    redirect(retainedAddress.format(page, { ...given, node: nodeText(shown) }));
  }
  return (
    <Page>
      <RetainedScreen view={view} params={given} />
    </Page>
  );
}
