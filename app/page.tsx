import { ArtifactTable } from "#components/home/artifact-table.tsx";
import { FirstSteps } from "#components/home/first-steps.tsx";
import { NothingMatches } from "#components/home/nothing-matches.tsx";
import { StorageBars } from "#components/home/storage-bars.tsx";
import { JobList } from "#components/jobs/job-list.tsx";
import { ScanButton } from "#components/jobs/scan-button.tsx";
import { FollowScans } from "#components/shell/follow-scans.tsx";
import { Page } from "#components/shell/page.tsx";
import { Chips } from "#components/ui/chips.tsx";
import { SearchField } from "#components/ui/search-field.tsx";
import type { SearchParams } from "#components/ui/search-params.ts";
import { CsvLink, Section } from "#components/ui/section.tsx";
import { sortLinks } from "#components/ui/sort-links.ts";
import { formatCounted } from "#lib/display/bytes.ts";
import { loadActivity } from "#lib/views/activity.ts";
import { loadHome, type SharingTotals } from "#lib/views/home.ts";
import { type HomeParams, homeAddress } from "./home-address.ts";

export default async function HomePage({ searchParams }: { searchParams: SearchParams }) {
  const params = homeAddress.parse(await searchParams);
  // First: if a scan ends while the rest is loaded, the stamp has changed, and the page reloads.
  const activity = await loadActivity();
  const view = await loadHome({ text: params.q, ...params });
  const { imageCount, closureCount, sbomCount } = view.sharing;
  const total = imageCount + closureCount + sbomCount;
  if (total === 0) {
    return (
      <Page>
        <FirstSteps activity={activity} />
      </Page>
    );
  }
  const address = (changes: Partial<HomeParams>) =>
    homeAddress.format("/", { ...params, limit: undefined, ...changes });
  return (
    <Page>
      <FollowScans stamp={activity.stamp} />
      <div className="mb-6 flex items-start justify-between gap-4">
        <h1 className="text-2xl font-medium tracking-tight">Images and stores</h1>
        <ScanButton />
      </div>
      <StorageBars sharing={view.sharing} artifacts={view.artifacts} />
      <Section
        id="artifacts"
        title="Artifacts"
        note={
          params.q === "" && params.kind === undefined
            ? countKinds(view.sharing)
            : `${view.matching} of ${formatCounted(total, "artifact")}`
        }
        tools={
          <>
            <KindChips chosen={params.kind} hasSboms={sbomCount > 0} address={address} />
            <SearchField parameter="q" label="Filter by name" resets={["limit"]} />
            <CsvLink href={homeAddress.format("/artifacts.csv", { q: params.q, kind: params.kind })} />
          </>
        }
      >
        <JobList jobs={activity.jobs} stamp={activity.stamp} now={Date.now()} currentOnly />
        {view.artifacts.length === 0 ? (
          <NothingMatches text={params.q} kind={params.kind} />
        ) : (
          <ArtifactTable
            artifacts={view.artifacts}
            matching={view.matching}
            sortBy={sortLinks(
              { sort: params.sort ?? "scanned", direction: params.direction ?? "desc" },
              (sort, direction) => address({ sort, direction }),
            )}
            moreHref={homeAddress.more("/", params, "limit")}
            now={Date.now()}
          />
        )}
      </Section>
    </Page>
  );
}

function countKinds({ imageCount, closureCount, sbomCount }: SharingTotals): string {
  const counts = [formatCounted(imageCount, "image"), formatCounted(closureCount, "closure")];
  if (sbomCount > 0) counts.push(formatCounted(sbomCount, "SBOM"));
  return counts.join(", ");
}

interface KindChipsProps {
  readonly chosen: HomeParams["kind"];
  readonly hasSboms: boolean;
  readonly address: (changes: Partial<HomeParams>) => string;
}

function KindChips({ chosen, hasSboms, address }: KindChipsProps) {
  const kinds = [
    { kind: undefined, label: "All" },
    { kind: "image", label: "Images" },
    { kind: "closure", label: "Closures" },
    ...(hasSboms || chosen === "sbom" ? [{ kind: "sbom", label: "SBOMs" } as const] : []),
  ] as const;
  const chips = kinds.map(({ kind, label }) => ({
    key: label,
    label,
    chosen: chosen === kind,
    href: address({ kind }),
  }));
  return <Chips label="Kind" chips={chips} />;
}
