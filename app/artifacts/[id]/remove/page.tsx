import type { Metadata } from "next";
import { notFound } from "next/navigation";
import type { LayerSort } from "#components/remove/layer-bars.tsx";
import { removeAddress } from "#components/remove/remove-address.ts";
import { RemoveScreen } from "#components/remove/remove-screen.tsx";
import { Candidates } from "#components/shell/candidates.tsx";
import { Page } from "#components/shell/page.tsx";
import { decodeSegment, type SearchParams } from "#components/ui/search-params.ts";
import { sortLinks } from "#components/ui/sort-links.ts";
import { candidatePath, removePath } from "#lib/display/paths.ts";
import { labelText } from "#lib/display/shown-text.ts";
import { UsageError } from "#lib/model/problem.ts";
import { loadRemove } from "#lib/views/remove.ts";
import { findArtifactTitle } from "#lib/views/titles.ts";
import { named } from "../../named.ts";

interface Props {
  readonly params: Promise<{ id: string }>;
  readonly searchParams: SearchParams;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const title = (await findArtifactTitle(decodeSegment((await params).id))) ?? notFound();
  return { title: labelText(`What can go from ${title}`) };
}

export default async function RemovePage({ searchParams, ...props }: Props) {
  const params = removeAddress.parse(await searchParams);
  const { take, gone, keep, folder, sort = "layer", direction = "desc" } = params;
  const text = decodeSegment((await props.params).id);
  const view = await named(loadRemove({ text, take, gone, keep, folder }));
  if (view instanceof UsageError) return <Candidates error={view} hrefOf={candidatePath} />;
  const order = { sort, direction };
  const path = removePath(view.artifact.digest);
  const sortBy = sortLinks<LayerSort>(order, (by, to) =>
    removeAddress.format(path, { ...params, sort: by, direction: to }),
  );
  return (
    <Page>
      <RemoveScreen view={view} params={params} layerOrder={{ ...order, sortBy }} />
    </Page>
  );
}
