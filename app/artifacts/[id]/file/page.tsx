import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { cache } from "react";
import { FileScreen } from "#components/file/file-screen.tsx";
import { Candidates } from "#components/shell/candidates.tsx";
import { Page } from "#components/shell/page.tsx";
import { decodeSegment, type SearchParams } from "#components/ui/search-params.ts";
import { defineAddress, parameter } from "#lib/display/address.ts";
import { candidatePath } from "#lib/display/paths.ts";
import { labelText } from "#lib/display/shown-text.ts";
import { UsageError } from "#lib/model/problem.ts";
import { loadFile } from "#lib/views/file.ts";
import { mayWrite } from "../../../may-write.ts";
import { named } from "../../named.ts";

interface Props {
  readonly params: Promise<{ id: string }>;
  readonly searchParams: SearchParams;
}

const fileAddress = defineAddress({
  /** Any path that a tar may have, escaped. */
  path: parameter.once((text) => text),
  layer: parameter.integer(0, 999),
});

/** Loaded once for the title and the page. */
const viewOf = cache((text: string, path: string, layer: number | undefined) =>
  named(loadFile({ text: decodeSegment(text), path, layer })),
);

async function loadPage({ params, searchParams }: Props) {
  const { path = notFound(), layer } = fileAddress.parse(await searchParams);
  return viewOf((await params).id, path, layer);
}

export async function generateMetadata(props: Props): Promise<Metadata> {
  const view = await loadPage(props);
  if (view instanceof UsageError) return { title: "Which one?" };
  return { title: labelText(`${view.file.path.split("/").at(-1)} in ${view.artifact.name}`) };
}

export default async function FilePage(props: Props) {
  const view = await loadPage(props);
  if (view instanceof UsageError) return <Candidates error={view} hrefOf={candidatePath} />;
  return (
    <Page>
      <FileScreen view={view} mayRead={await mayWrite()} />
    </Page>
  );
}
