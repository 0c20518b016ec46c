import Link from "next/link";
import { Ago } from "#components/ui/bytes.tsx";
import { DataTable, None, shown } from "#components/ui/data-table.tsx";
import { MaybeLink } from "#components/ui/maybe-link.tsx";
import { Section } from "#components/ui/section.tsx";
import { Visible } from "#components/ui/visible.tsx";
import { formatCounted } from "#lib/display/bytes.ts";
import { artifactPath, listedNamePath } from "#lib/display/paths.ts";
import { NAME_PERIOD_COLUMNS } from "#lib/exports/tables/versions.ts";
import { toArtifactId } from "#lib/model/artifact-id.ts";
import type { ArtifactNamePeriod } from "#lib/model/name-version.ts";
import { repositoryOf } from "#lib/model/repository-name.ts";

interface NameHistoryProps {
  readonly names: readonly ArtifactNamePeriod[];
  readonly now: number;
  /** Rows listed. */
  readonly limit: number;
  readonly moreHref: string | undefined;
}

/** Repositories linked above the table. */
const MAX_REPOSITORIES = 6;

/** The names that an artifact has and had; each leads to everything that it ever referred to. */
export function NameHistory({ names, now, limit, moreHref }: NameHistoryProps) {
  const { name, since, until, source } = NAME_PERIOD_COLUMNS;
  const current = names.filter((period) => period.until === null).length;
  const time = (at: number | null) => (at === null ? <None /> : <Ago at={at} now={now} />);
  return (
    <Section
      id="names"
      title="Names"
      note={`${formatCounted(current, "name")} now`}
      tools={<Repositories names={names} />}
    >
      <DataTable
        label="Names of this artifact"
        rows={names}
        limit={limit}
        rest={(count) => formatCounted(count, "more name")}
        moreHref={moreHref}
        keyOf={(period) => `${period.name} ${period.seenAt} ${period.until}`}
        columns={[
          shown(name, {
            className: "max-w-0 w-full min-w-36",
            cell: (period: ArtifactNamePeriod) => (
              <MaybeLink href={listedNamePath(period.name)} className="block truncate hover:text-accent">
                <Visible text={period.name} />
              </MaybeLink>
            ),
          }),
          shown(since, {
            right: true,
            cell: (period: ArtifactNamePeriod) =>
              period.since === null ? (
                <span className="whitespace-nowrap">at the latest {time(period.seenAt)}</span>
              ) : (
                time(period.since)
              ),
          }),
          shown(until, { right: true, cell: (period: ArtifactNamePeriod) => <Moved period={period} now={now} /> }),
          shown(source, {
            from: "md",
            className: "max-w-48",
            cell: (period: ArtifactNamePeriod) => (
              <span className="block truncate font-mono text-xs">
                <Visible text={period.source} />
              </span>
            ),
          }),
        ]}
      />
    </Section>
  );
}

function Moved({ period: { until, refersTo }, now }: { period: ArtifactNamePeriod; now: number }) {
  if (until === null) return <None />;
  return (
    <span className="whitespace-nowrap">
      <Ago at={until} now={now} />
      {refersTo === null ? (
        ", since removed"
      ) : (
        <>
          {", now "}
          <Link href={artifactPath(refersTo)} prefetch={false} className="font-mono text-xs text-link">
            {toArtifactId(refersTo)}
          </Link>
        </>
      )}
    </span>
  );
}

/** Links to all tags of each repository that a name belongs to. */
function Repositories({ names }: Pick<NameHistoryProps, "names">) {
  const all = new Set(names.map(({ name }) => repositoryOf(name)));
  const repositories = [...all].filter((repository) => listedNamePath(repository) !== undefined);
  return repositories.slice(0, MAX_REPOSITORIES).map((repository) => (
    <MaybeLink key={repository} href={listedNamePath(repository)} className="text-link">
      Versions of <Visible text={repository} />
    </MaybeLink>
  ));
}
