import Link from "next/link";
import { diffPath } from "#components/set/set-address.ts";
import { Ago, Count } from "#components/ui/bytes.tsx";
import { DataTable, None, type ShownColumn, shown } from "#components/ui/data-table.tsx";
import { OtherNames } from "#components/ui/other-names.tsx";
import { sortLinks } from "#components/ui/sort-links.ts";
import { Visible } from "#components/ui/visible.tsx";
import { formatCounted } from "#lib/display/bytes.ts";
import { artifactPath } from "#lib/display/paths.ts";
import { tagOf } from "#lib/display/version-words.ts";
import { versionColumns } from "#lib/exports/tables/versions.ts";
import type { NameVersion, VersionChanges, VersionsAnswer } from "#lib/model/name-version.ts";
import { shortDigest } from "#lib/model/short-digest.ts";
import type { VersionSort, VersionsParams } from "./names-address.ts";
import { VersionDelta, VersionSize } from "./version-size.tsx";

interface VersionTableProps {
  readonly answer: VersionsAnswer;
  readonly params: VersionsParams;
  readonly now: number;
  readonly hrefOf: (changes: Partial<VersionsParams>) => string;
  readonly moreHref: string | undefined;
}

/** The versions, each with its difference from the one before. */
export function VersionTable({ answer, params, now, hrefOf, moreHref }: VersionTableProps) {
  const { versions, measure, count, scope, order, repository } = answer;
  const { sort, direction = "desc" } = params;
  const columns = versionColumns(measure);
  const sortBy = sortLinks<VersionSort>({ sort, direction }, (by, to) => hrefOf({ sort: by, direction: to }));
  const time: ShownColumn<NameVersion> = {
    name: order === "created" ? "Created" : "Since",
    sort: sortBy("time"),
    right: true,
    cell: (version) => <Moment version={version} order={order} now={now} />,
  };
  const counted = (key: keyof VersionChanges) =>
    shown(columns[key], {
      sort: sortBy(key),
      from: "sm",
      cell: ({ changes }: NameVersion) => (changes === null ? <None /> : <Count value={changes[key]} />),
    });
  return (
    <DataTable
      label="Versions"
      rows={sortVersions(versions, sort, direction)}
      keyOf={({ digest, seenAt }) => `${digest} ${seenAt}`}
      total={count}
      rest={(more) => formatCounted(more, "older version")}
      moreHref={moreHref}
      columns={[
        shown(columns.names, {
          className: "max-w-0 w-full min-w-36",
          cell: (version: NameVersion) => (
            <VersionName version={version} repository={scope === "repository" ? repository : undefined} />
          ),
        }),
        shown(columns.size, {
          sort: sortBy("size"),
          cell: ({ size }: NameVersion) => <VersionSize size={size} measure={measure} />,
        }),
        shown(columns.delta, {
          sort: sortBy("delta"),
          cell: ({ delta }: NameVersion) => <VersionDelta delta={delta} measure={measure} />,
        }),
        counted("added"),
        counted("removed"),
        counted("changed"),
        time,
        { name: "Difference", right: true, cell: (version) => <Difference version={version} /> },
      ]}
    />
  );
}

/** By the tags of a repository, or for a single name by the id of what it referred to. */
function VersionName({ version, repository }: { version: NameVersion; repository: string | undefined }) {
  const { names, digest, id, isCurrent } = version;
  const [first, ...others] = names.map((name) => tagOf(name, repository));
  return (
    <span className="flex min-w-0 items-baseline gap-2">
      <Link href={artifactPath(digest)} prefetch={false} className="min-w-0 truncate hover:text-accent">
        {repository === undefined ? <span className="font-mono text-xs">{id}</span> : <Visible text={first!} />}
        {repository === undefined ? null : <OtherNames names={others} />}
      </Link>
      {isCurrent ? null : <Former isRepository={repository !== undefined} />}
      {isCurrent && repository === undefined ? (
        <span className="shrink-0 rounded-sm bg-wash px-1.5 text-xs text-accent">current</span>
      ) : null}
    </span>
  );
}

/** In a repository, a version whose tags have all moved on; of a single name, all but one are. */
function Former({ isRepository }: { isRepository: boolean }) {
  return isRepository ? <span className="shrink-0 text-xs text-dim">tag moved</span> : null;
}

function Moment({ version, order, now }: { version: NameVersion; order: VersionsAnswer["order"]; now: number }) {
  const { created, since, seenAt } = version;
  const at = order === "created" ? created : since;
  return (
    <span className="whitespace-nowrap">
      {at === null ? "at the latest " : null}
      <Ago at={at ?? seenAt} now={now} />
    </span>
  );
}

function Difference({ version: { previous, digest } }: { version: NameVersion }) {
  if (previous === null || previous === digest) return <None />;
  return (
    <Link
      href={diffPath(shortDigest(previous), shortDigest(digest))}
      prefetch={false}
      className="text-link whitespace-nowrap"
    >
      Compare<span className="sr-only"> {shortDigest(digest)} with the version before</span>
    </Link>
  );
}

/** `versions`: the newest first. Unknown values come last. */
function sortVersions(versions: readonly NameVersion[], sort: VersionSort, direction: "asc" | "desc"): NameVersion[] {
  if (sort === "time") return direction === "desc" ? [...versions] : versions.toReversed();
  const figureOf = ({ size, delta, changes }: NameVersion) =>
    sort === "size" ? size : sort === "delta" ? delta : (changes?.[sort] ?? null);
  const sign = direction === "desc" ? -1 : 1;
  return versions.toSorted((a, b) => {
    const [left, right] = [figureOf(a), figureOf(b)];
    if (left === null || right === null) return Number(left === null) - Number(right === null);
    return sign * (left - right);
  });
}
