import type { Metadata } from "next";
import { type RebaseParams, rebaseAddress } from "#components/rebase/rebase-address.ts";
import { RebaseForm } from "#components/rebase/rebase-form.tsx";
import { RebaseScreen } from "#components/rebase/rebase-screen.tsx";
import { Refused } from "#components/set/refused.tsx";
import { Page } from "#components/shell/page.tsx";
import type { SearchParams } from "#components/ui/search-params.ts";
import { UsageError } from "#lib/model/problem.ts";
import { loadRebase } from "#lib/views/rebase.ts";
import { mayWrite } from "../../may-write.ts";
import { orReason } from "../../or-reason.ts";

export const metadata: Metadata = { title: "Rebase" };

export default async function RebasePage({ searchParams }: { searchParams: SearchParams }) {
  const params = rebaseAddress.parse(await searchParams);
  return <Page>{params.image === "" ? <Ask params={params} /> : <Result params={params} />}</Page>;
}

async function Result({ params }: { params: RebaseParams }) {
  const view = await orReason(loadRebase(params));
  if (!(view instanceof UsageError)) return <RebaseScreen view={view} params={params} mayRead={await mayWrite()} />;
  return (
    <>
      <Ask params={params} />
      <Refused title="There is no verdict" error={view} />
    </>
  );
}

function Ask({ params }: { params: RebaseParams }) {
  return (
    <>
      <h1 className="text-2xl font-medium tracking-tight">Rebase</h1>
      <p className="mt-1 mb-5 max-w-3xl text-[0.8125rem] text-dim">
        Whether the layers of an image can move to another base, judged by their bytes: as they are, with a merge layer,
        or only by building the image again. Nothing is written.
      </p>
      <RebaseForm params={params} />
    </>
  );
}
