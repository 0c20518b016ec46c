import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { NeedsScreen } from "#components/needs/needs-screen.tsx";
import { Candidates } from "#components/shell/candidates.tsx";
import { Page } from "#components/shell/page.tsx";
import { decodeSegment, type SearchParams, toggled } from "#components/ui/search-params.ts";
import { sortLinks } from "#components/ui/sort-links.ts";
import { defineAddress, parameter } from "#lib/display/address.ts";
import { candidatePath, needsPath } from "#lib/display/paths.ts";
import { labelText } from "#lib/display/shown-text.ts";
import { NEED_LISTS } from "#lib/model/needs-answer.ts";
import { UsageError } from "#lib/model/problem.ts";
import { loadNeeds, type NeedSort } from "#lib/views/needs.ts";
import { findArtifactTitle } from "#lib/views/titles.ts";
import { named } from "../../named.ts";

interface Props {
  readonly params: Promise<{ id: string }>;
  readonly searchParams: SearchParams;
}

const needsAddress = defineAddress({
  list: parameter.oneOf(NEED_LISTS),
  q: parameter.text,
  kind: parameter.list(),
  sort: parameter.oneOf(["name", "other", "self", "retained"]),
  direction: parameter.direction,
  rows: parameter.limit({ initial: 50, step: 200, max: 1500 }),
});

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const title = (await findArtifactTitle(decodeSegment((await params).id))) ?? notFound();
  return { title: labelText(`Needs of ${title}`) };
}

export default async function NeedsPage({ params, searchParams }: Props) {
  const given = needsAddress.parse(await searchParams);
  const { list, q, kind, rows, sort, direction } = given;
  const filter = { text: q, kinds: kind, sort, direction, limit: rows };
  const view = await named(loadNeeds({ text: decodeSegment((await params).id), list, filter }));
  if (view instanceof UsageError) return <Candidates error={view} hrefOf={candidatePath} />;
  const path = needsPath(view.artifact.digest);
  const address = (changes: Partial<typeof given>) =>
    needsAddress.format(path, { ...given, list: view.list, rows: undefined, ...changes });
  return (
    <Page>
      <NeedsScreen
        view={view}
        chosen={kind}
        listHref={(other) => needsAddress.format(path, { list: other })}
        kindHref={(each) => address({ kind: toggled(kind, each) })}
        sortBy={sortLinks(view.order, (key: NeedSort, to) => address({ sort: key, direction: to }))}
        moreHref={needsAddress.more(path, { ...given, list: view.list }, "rows")}
      />
    </Page>
  );
}
