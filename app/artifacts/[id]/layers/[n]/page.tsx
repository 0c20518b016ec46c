import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { LayerScreen } from "#components/layer/layer-screen.tsx";
import { Candidates } from "#components/shell/candidates.tsx";
import { Page } from "#components/shell/page.tsx";
import { decodeSegment, type SearchParams, toggled } from "#components/ui/search-params.ts";
import { defineAddress, parameter } from "#lib/display/address.ts";
import { candidatePath, layerPath } from "#lib/display/paths.ts";
import { labelText } from "#lib/display/shown-text.ts";
import { LAYER_SHOWS } from "#lib/model/layer-files.ts";
import { UsageError } from "#lib/model/problem.ts";
import { loadLayer } from "#lib/views/layer.ts";
import { findArtifactTitle } from "#lib/views/titles.ts";
import { named } from "../../../named.ts";
import { parsePosition } from "./position.ts";

interface Props {
  readonly params: Promise<{ id: string; n: string }>;
  readonly searchParams: SearchParams;
}

/** Maximum number of open directories, each with as many rows as `rows` says. */
const MAX_OPEN = 64;
/** In the list of open directories: it was chosen, even if it is empty. */
const CHOSEN = "/";

const layerAddress = defineAddress({
  show: parameter.oneOf(LAYER_SHOWS),
  q: parameter.text,
  open: parameter.list(MAX_OPEN),
  rows: parameter.limit({ initial: 25, step: 100, max: 325 }),
});

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { id, n } = await params;
  const title = (await findArtifactTitle(decodeSegment(id))) ?? notFound();
  return { title: labelText(`Layer ${parsePosition(n)} of ${title}`) };
}

export default async function LayerPage({ params, searchParams }: Props) {
  const { id, n } = await params;
  const position = parsePosition(n);
  const given = layerAddress.parse(await searchParams);
  const { show, q: filter, rows: limit } = given;
  const chosen = given.open.length === 0 ? undefined : given.open.filter((path) => path !== CHOSEN);
  const view = await named(loadLayer({ text: decodeSegment(id), position, show, filter, open: chosen, limit }));
  if (view instanceof UsageError) return <Candidates error={view} hrefOf={candidatePath} />;
  const path = layerPath(view.artifact.digest, position);
  const open = view.answer?.rows.filter(({ isOpen }) => isOpen).map((row) => row.path) ?? [];
  return (
    <Page>
      <LayerScreen
        view={view}
        show={show}
        showHref={(each) => layerAddress.format(path, { show: each, q: filter })}
        toggleHref={(each) => layerAddress.format(path, { ...given, open: [CHOSEN, ...toggled(open, each)] })}
        moreHref={layerAddress.more(path, given, "rows")}
      />
    </Page>
  );
}
