import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { ComponentFilesScreen } from "#components/file/component-files-screen.tsx";
import { Candidates } from "#components/shell/candidates.tsx";
import { Page } from "#components/shell/page.tsx";
import type { SearchParams } from "#components/ui/search-params.ts";
import { defineAddress, parameter } from "#lib/display/address.ts";
import { candidatePath } from "#lib/display/paths.ts";
import { UsageError } from "#lib/model/problem.ts";
import { loadComponentFiles } from "#lib/views/component-files.ts";
import { named } from "../../artifacts/named.ts";

export const metadata: Metadata = { title: "Files of a component" };

const text = parameter.once((given) => given);
const address = defineAddress({
  a: text,
  b: text,
  left: text,
  right: text,
  rows: parameter.limit({ initial: 100, step: 400, max: 900 }),
});

/** The files of one component of a difference. */
export default async function ComponentFilesPage({ searchParams }: { searchParams: SearchParams }) {
  const given = address.parse(await searchParams);
  const { a = notFound(), b = notFound(), left = "", right = "", rows } = given;
  const view = await named(loadComponentFiles({ text: a, node: left }, { text: b, node: right }, rows));
  if (view instanceof UsageError) return <Candidates error={view} hrefOf={candidatePath} />;
  return (
    <Page>
      <ComponentFilesScreen view={view} moreHref={address.more("/compare/component", given, "rows")} />
    </Page>
  );
}
