import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { RootsScreen } from "#components/roots/roots-screen.tsx";
import { Candidates } from "#components/shell/candidates.tsx";
import { Page } from "#components/shell/page.tsx";
import { decodeSegment, type SearchParams } from "#components/ui/search-params.ts";
import { defineAddress, parameter } from "#lib/display/address.ts";
import { candidatePath, rootsPath } from "#lib/display/paths.ts";
import { labelText } from "#lib/display/shown-text.ts";
import { UsageError } from "#lib/model/problem.ts";
import { loadRoots } from "#lib/views/roots.ts";
import { findArtifactTitle } from "#lib/views/titles.ts";
import { named } from "../../named.ts";

interface Props {
  readonly params: Promise<{ id: string }>;
  readonly searchParams: SearchParams;
}

const rootsAddress = defineAddress({
  rows: parameter.limit({ initial: 30, step: 200, max: 2000 }),
  open: parameter.integer(0, 2 ** 31),
  nodes: parameter.limit({ initial: 30, step: 200, max: 2000 }),
});

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const title = (await findArtifactTitle(decodeSegment((await params).id))) ?? notFound();
  return { title: labelText(`Which roots keep what in ${title}`) };
}

export default async function RootsPage({ params, searchParams }: Props) {
  const given = rootsAddress.parse(await searchParams);
  const { rows: limit, open, nodes: openLimit } = given;
  const view = await named(loadRoots({ text: decodeSegment((await params).id), limit, open, openLimit }));
  if (view instanceof UsageError) return <Candidates error={view} hrefOf={candidatePath} />;
  const path = rootsPath(view.artifact.digest);
  return (
    <Page>
      <RootsScreen
        view={view}
        open={open}
        hrefOf={(key) =>
          `${rootsAddress.format(path, { rows: limit, open: key })}${key === undefined ? "" : "#opened"}`
        }
        more={{
          rows: rootsAddress.more(path, given, "rows"),
          nodes: rootsAddress.more(path, given, "nodes", "#opened"),
        }}
      />
    </Page>
  );
}
