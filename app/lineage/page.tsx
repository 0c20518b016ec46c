import type { Metadata } from "next";
import Link from "next/link";
import { CACHE_PATH } from "#components/cache-hits/cache-address.ts";
import { ScanButton } from "#components/jobs/scan-button.tsx";
import { EvidenceSection } from "#components/lineage/evidence-section.tsx";
import { FamilyList } from "#components/lineage/family-list.tsx";
import { ImageTable } from "#components/lineage/image-table.tsx";
import { LINEAGE_PATH, type LineageParams, lineageAddress } from "#components/lineage/lineage-address.ts";
import { MovesSection } from "#components/lineage/moves-section.tsx";
import { StaleSection } from "#components/lineage/stale-section.tsx";
import { RELAYER_PATH } from "#components/relayer/relayer-address.ts";
import { FollowScans } from "#components/shell/follow-scans.tsx";
import { Page } from "#components/shell/page.tsx";
import { Chips } from "#components/ui/chips.tsx";
import { SearchField } from "#components/ui/search-field.tsx";
import type { SearchParams } from "#components/ui/search-params.ts";
import { WHATIF_PATH } from "#components/whatif/whatif-address.ts";
import { loadActivity } from "#lib/views/activity.ts";
import { type LineageView, loadLineage } from "#lib/views/lineage.ts";

export const metadata: Metadata = { title: "Lineage" };

export default async function LineagePage({ searchParams }: { searchParams: SearchParams }) {
  const params = lineageAddress.parse(await searchParams);
  // First: if a scan ends while the rest is loaded, the stamp has changed, and the page reloads.
  const { stamp } = await loadActivity();
  const view = await loadLineage(params);
  return (
    <Page>
      <FollowScans stamp={stamp} />
      <div className="mb-6 flex flex-wrap items-end justify-between gap-x-8 gap-y-4">
        <div className="max-w-2xl">
          <h1 className="text-2xl font-medium tracking-tight">Lineage</h1>
          <p className="mt-1 text-[0.8125rem] text-dim">
            Which image is built on which. The base is at the left, and width is bytes; what several images share is
            drawn once, across their rows. See also{" "}
            <Link href={WHATIF_PATH} className="text-link">
              update cost
            </Link>
            ,{" "}
            <Link href={CACHE_PATH} className="text-link">
              cache hits
            </Link>{" "}
            and{" "}
            <Link href={RELAYER_PATH} className="text-link">
              relayering
            </Link>
            .
          </p>
        </div>
        {view.images.length === 0 ? null : (
          <div className="flex flex-wrap items-center gap-3">
            <ShowChips view={view} params={params} />
            <SearchField parameter="q" label="Filter by name" resets={["families", "rows"]} />
          </div>
        )}
      </div>
      {view.images.length === 0 ? <NoImage /> : <Families view={view} params={params} />}
    </Page>
  );
}

function NoImage() {
  return (
    <>
      <p className="mb-4">No image has been scanned yet.</p>
      <ScanButton />
    </>
  );
}

/** The families and what follows from them; the table takes the place of families if none is drawn. */
function Families({ view, params }: { view: LineageView; params: LineageParams }) {
  const isDrawn = view.roots.length > 0;
  return (
    <>
      <div className="grid gap-x-12 lg:grid-cols-[minmax(0,5fr)_minmax(0,3fr)]">
        <div className="min-w-0 *:first:mt-0">
          <FamilyList view={view} params={params} />
          {isDrawn ? null : <ImageTable view={view} params={params} />}
        </div>
        <div className="min-w-0 *:first:mt-8 lg:*:first:mt-0">
          <StaleSection stale={view.stale} params={params} now={Date.now()} />
          {view.moving === null ? null : <MovesSection moving={view.moving} images={view.images} params={params} />}
          <EvidenceSection images={view.images} />
        </div>
      </div>
      {isDrawn ? <ImageTable view={view} params={params} /> : null}
    </>
  );
}

function ShowChips({ view: { images, alone }, params }: { view: LineageView; params: LineageParams }) {
  const stale = images.filter((image) => image.stale);
  const counts = {
    all: ["All", images.length],
    stale: ["Stale", stale.length],
    alone: ["No base", alone.length],
  } as const;
  const chips = (["all", "stale", "alone"] as const).map((show) => ({
    key: show,
    href: lineageAddress.format(LINEAGE_PATH, { ...params, show }),
    chosen: params.show === show,
    label: (
      <>
        {counts[show][0]} <span className="tabular-nums">{counts[show][1]}</span>
      </>
    ),
  }));
  return <Chips label="Show" chips={chips} />;
}
