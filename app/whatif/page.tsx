import type { Metadata } from "next";
import { Refused } from "#components/set/refused.tsx";
import { Page } from "#components/shell/page.tsx";
import type { SearchParams } from "#components/ui/search-params.ts";
import { type WhatifParams, whatifAddress } from "#components/whatif/whatif-address.ts";
import { WhatifForm } from "#components/whatif/whatif-form.tsx";
import { HolderSection, ModelSection, UpdatedSection } from "#components/whatif/whatif-result.tsx";
import { UsageError } from "#lib/model/problem.ts";
import { loadNamedHolders, loadUpdate } from "#lib/views/whatif.ts";
import { orReason } from "../or-reason.ts";

export const metadata: Metadata = { title: "Update cost" };

export default async function WhatifPage({ searchParams }: { searchParams: SearchParams }) {
  const params = whatifAddress.parse(await searchParams);
  return (
    <Page>
      <h1 className="text-2xl font-medium tracking-tight">Update cost</h1>
      <p className="mt-1 mb-5 max-w-3xl text-[0.8125rem] text-dim">
        Which artifacts have a component, and what has to be stored and pulled again when it is updated. Measured where
        an artifact was scanned before and after the update; otherwise estimated from its layers and its graph.
      </p>
      <WhatifForm params={params} />
      {params.component.length === 0 ? null : <Result params={params} />}
    </Page>
  );
}

async function Result({ params }: { params: WhatifParams }) {
  const holders = await orReason(loadNamedHolders(params));
  if (holders instanceof UsageError) return <Refused title="The component is not known" error={holders} />;
  const answer = await orReason(loadUpdate(params));
  return (
    <>
      {answer instanceof UsageError ? (
        <Refused title="The cost is not known" error={answer} />
      ) : (
        <>
          <ModelSection answer={answer} params={params} />
          <UpdatedSection answer={answer} params={params} />
        </>
      )}
      <HolderSection holders={holders} params={params} />
    </>
  );
}
