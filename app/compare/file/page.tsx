import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { cache } from "react";
import { DiffScreen } from "#components/file/diff-screen.tsx";
import { Candidates } from "#components/shell/candidates.tsx";
import { Page } from "#components/shell/page.tsx";
import type { SearchParams } from "#components/ui/search-params.ts";
import { defineAddress, parameter } from "#lib/display/address.ts";
import { candidatePath } from "#lib/display/paths.ts";
import { labelText } from "#lib/display/shown-text.ts";
import { UsageError } from "#lib/model/problem.ts";
import { loadFile } from "#lib/views/file.ts";
import { named } from "../../artifacts/named.ts";
import { mayWrite } from "../../may-write.ts";

interface Props {
  readonly searchParams: SearchParams;
}

const text = parameter.once((given) => given);
const address = defineAddress({ a: text, b: text, path: text });

const viewOf = cache((artifact: string, path: string) => named(loadFile({ text: artifact, path })));

export async function generateMetadata({ searchParams }: Props): Promise<Metadata> {
  const { path = notFound() } = address.parse(await searchParams);
  return { title: labelText(`${path} on two sides`) };
}

/** One file of two artifacts. */
export default async function FileDiffPage({ searchParams }: Props) {
  const { a = notFound(), b = notFound(), path = notFound() } = address.parse(await searchParams);
  const [left, right] = await Promise.all([viewOf(a, path), viewOf(b, path)]);
  if (left instanceof UsageError) return <Candidates error={left} hrefOf={candidatePath} />;
  if (right instanceof UsageError) return <Candidates error={right} hrefOf={candidatePath} />;
  return (
    <Page>
      <DiffScreen left={left} right={right} mayRead={await mayWrite()} />
    </Page>
  );
}
