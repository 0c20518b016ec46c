import type { Metadata } from "next";
import { type RelayerParams, relayerAddress } from "#components/relayer/relayer-address.ts";
import { RelayerForm } from "#components/relayer/relayer-form.tsx";
import { RelayerScreen } from "#components/relayer/relayer-screen.tsx";
import { Refused } from "#components/set/refused.tsx";
import { Page } from "#components/shell/page.tsx";
import type { SearchParams } from "#components/ui/search-params.ts";
import { UsageError } from "#lib/model/problem.ts";
import { loadRelayer } from "#lib/views/relayer.ts";
import { mayWrite } from "../../may-write.ts";
import { orReason } from "../../or-reason.ts";

export const metadata: Metadata = { title: "Relayer" };

export default async function RelayerPage({ searchParams }: { searchParams: SearchParams }) {
  const params = relayerAddress.parse(await searchParams);
  return <Page>{params.image.length === 0 ? <Ask params={params} /> : <Result params={params} />}</Page>;
}

async function Result({ params }: { params: RelayerParams }) {
  const view = await orReason(loadRelayer(params));
  if (!(view instanceof UsageError)) return <RelayerScreen view={view} params={params} mayRead={await mayWrite()} />;
  return (
    <>
      <Ask params={params} />
      <Refused title="There is no plan" error={view} />
    </>
  );
}

function Ask({ params }: { params: RelayerParams }) {
  return (
    <>
      <h1 className="text-2xl font-medium tracking-tight">Relayer</h1>
      <p className="mt-1 mb-5 max-w-3xl text-[0.8125rem] text-dim">
        How to split the same files into layers so that images share as much as possible, or so that the next version
        pulls as little as possible. The files of each image stay the same, and nothing is written.
      </p>
      <RelayerForm params={params} />
    </>
  );
}
