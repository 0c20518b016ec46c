import type { Metadata } from "next";
import { notFound } from "next/navigation";
import type { LayerSort } from "#components/remove/layer-bars.tsx";
import { RemoveScreen } from "#components/remove/remove-screen.tsx";
import { Candidates } from "#components/shell/candidates.tsx";
import { Page } from "#components/shell/page.tsx";
import { decodeSegment, type SearchParams } from "#components/ui/search-params.ts";
import { sortLinks } from "#components/ui/sort-links.ts";
import { defineAddress, parameter } from "#lib/display/address.ts";
import { candidatePath, removePath } from "#lib/display/paths.ts";
import { labelText } from "#lib/display/shown-text.ts";
import { ADVICE_CLASSES } from "#lib/model/advice.ts";
import { UsageError } from "#lib/model/problem.ts";
import { loadRemove } from "#lib/views/remove.ts";
import { findArtifactTitle } from "#lib/views/titles.ts";
import { named } from "../../named.ts";

interface Props {
  readonly params: Promise<{ id: string }>;
  readonly searchParams: SearchParams;
}

/** Suspects selected at a time: more than any artifact has. */
const MAX_SELECTED = 64;

const removeAddress = defineAddress({
  take: parameter.someOf(ADVICE_CLASSES),
  sort: parameter.oneOf(["layer", "bytes", "listed", "selected"]),
  direction: parameter.direction,
  gone: parameter.list(MAX_SELECTED, /^(?:name-|kind-)?\d{1,9}$/),
});

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const title = (await findArtifactTitle(decodeSegment((await params).id))) ?? notFound();
  return { title: labelText(`What can go from ${title}`) };
}

export default async function RemovePage({ params, searchParams }: Props) {
  const given = removeAddress.parse(await searchParams);
  const { take, gone, sort = "layer", direction = "desc" } = given;
  const view = await named(loadRemove({ text: decodeSegment((await params).id), take, gone }));
  if (view instanceof UsageError) return <Candidates error={view} hrefOf={candidatePath} />;
  const order = { sort, direction };
  const path = removePath(view.artifact.digest);
  const sortBy = sortLinks<LayerSort>(order, (by, to) =>
    removeAddress.format(path, { ...given, sort: by, direction: to }),
  );
  return (
    <Page>
      <RemoveScreen view={view} take={take} gone={gone} layerOrder={{ ...order, sortBy }} />
    </Page>
  );
}
