import type { Metadata } from "next";
import { CACHE_PATH, type CacheParams, cacheAddress } from "#components/cache-hits/cache-address.ts";
import { CacheResult } from "#components/cache-hits/cache-result.tsx";
import { Refused } from "#components/set/refused.tsx";
import { Page } from "#components/shell/page.tsx";
import { NameField } from "#components/ui/name-field.tsx";
import type { SearchParams } from "#components/ui/search-params.ts";
import { formatNames } from "#lib/display/address.ts";
import { UsageError } from "#lib/model/problem.ts";
import { loadCacheHits } from "#lib/views/whatif.ts";
import { orReason } from "../or-reason.ts";

export const metadata: Metadata = { title: "Cache hits" };

export default async function CacheHitsPage({ searchParams }: { searchParams: SearchParams }) {
  const params = cacheAddress.parse(await searchParams);
  const { in: names } = params;
  return (
    <Page>
      <h1 className="text-2xl font-medium tracking-tight">Cache hits</h1>
      <p className="mt-1 mb-5 max-w-3xl text-[0.8125rem] text-dim">
        Successive versions of an image, oldest first: which build steps come from the cache, and how many bytes each
        version shares with the previous one.
      </p>
      <form action={CACHE_PATH} className="flex flex-wrap items-end gap-3">
        <NameField
          name="in"
          label="Versions, oldest first"
          value={formatNames(names)}
          placeholder="app:1, app:2"
          required
        />
        <button type="submit" className="button main">
          Show
        </button>
      </form>
      {names.length === 0 ? null : <Result params={params} />}
    </Page>
  );
}

async function Result({ params }: { params: CacheParams }) {
  const answer = await orReason(loadCacheHits(params.in));
  if (answer instanceof UsageError) return <Refused title="The hit ratios are not known" error={answer} />;
  return <CacheResult answer={answer} params={params} />;
}
