import type { Metadata } from "next";
import { versionsAddress } from "#components/names/names-address.ts";
import { NamesScreen } from "#components/names/names-screen.tsx";
import { Candidates } from "#components/shell/candidates.tsx";
import { Page } from "#components/shell/page.tsx";
import { decodeSegment, type SearchParams } from "#components/ui/search-params.ts";
import { namePath } from "#lib/display/paths.ts";
import { labelText } from "#lib/display/shown-text.ts";
import { UsageError } from "#lib/model/problem.ts";
import { loadVersions } from "#lib/views/versions.ts";
import { named } from "../../artifacts/named.ts";

interface Props {
  readonly params: Promise<{ name: string }>;
  readonly searchParams: SearchParams;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: labelText(`Versions of ${decodeSegment((await params).name)}`) };
}

export default async function NamePage({ params, searchParams }: Props) {
  const name = decodeSegment((await params).name);
  const given = versionsAddress.parse(await searchParams);
  const { size: measure, order, of: series, rows: limit } = given;
  const answer = await named(loadVersions({ name, measure, order, series, limit }));
  if (answer instanceof UsageError) return <Candidates error={answer} hrefOf={namePath} />;
  return (
    <Page>
      <NamesScreen answer={answer} params={given} now={Date.now()} />
    </Page>
  );
}
