import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { filesAddress, toFileFilter } from "#components/files/files-address.ts";
import { FilesScreen } from "#components/files/files-screen.tsx";
import { Candidates } from "#components/shell/candidates.tsx";
import { Page } from "#components/shell/page.tsx";
import { decodeSegment, type SearchParams } from "#components/ui/search-params.ts";
import { candidatePath } from "#lib/display/paths.ts";
import { labelText } from "#lib/display/shown-text.ts";
import { UsageError } from "#lib/model/problem.ts";
import { loadImageFiles } from "#lib/views/image-files.ts";
import { findArtifactTitle } from "#lib/views/titles.ts";
import { named } from "../../named.ts";

interface Props {
  readonly params: Promise<{ id: string }>;
  readonly searchParams: SearchParams;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const title = (await findArtifactTitle(decodeSegment((await params).id))) ?? notFound();
  return { title: labelText(`Files of ${title}`) };
}

export default async function FilesPage(props: Props) {
  const params = filesAddress.parse(await props.searchParams);
  const view = await named(loadImageFiles(decodeSegment((await props.params).id), toFileFilter(params)));
  if (view instanceof UsageError) return <Candidates error={view} hrefOf={candidatePath} />;
  return (
    <Page>
      <FilesScreen view={view} params={params} />
    </Page>
  );
}
