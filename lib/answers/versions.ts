import type { Pool } from "pg";
import { type DatedVersion, orderVersions, toVersions } from "#lib/analysis/order-versions.ts";
import { listNamePeriods } from "#lib/db/queries/list-name-periods.ts";
import { listNameVersions, listRepositoryVersions, type VersionRow } from "#lib/db/queries/list-versions.ts";
import { suggestNames } from "#lib/db/queries/suggest-names.ts";
import { toArtifactId } from "#lib/model/artifact-id.ts";
import type { ArtifactKind } from "#lib/model/artifact-label.ts";
import type {
  ArtifactNamePeriod,
  NameVersion,
  VersionMeasure,
  VersionOrder,
  VersionSeries,
  VersionsAnswer,
} from "#lib/model/name-version.ts";
import { toUnknownName } from "#lib/model/problem.ts";
import { repositoryOf } from "#lib/model/repository-name.ts";
import { loadVersionChanges } from "./kept/version-changes.ts";

export interface VersionsQuestion {
  /** A name, which is one if it has a tag, else a repository. */
  readonly name: string;
  /** Default: by when they were made if each version of a repository says so, else by when they were scanned. */
  readonly order?: VersionOrder | undefined;
  /** Default: the first that its kind has. */
  readonly measure?: VersionMeasure | undefined;
  /** Key of a series; default: the last seen. */
  readonly series?: string | undefined;
  readonly limit: number;
  /** Milliseconds since the epoch; default: now. */
  readonly now?: number;
}

const MEASURES_OF: Readonly<Record<ArtifactKind, readonly [VersionMeasure, ...VersionMeasure[]]>> = {
  image: ["layersContentSize", "rootfsSize", "downloadSize"],
  closure: ["closureSize", "downloadSize"],
  sbom: ["nodeCount"],
};

/** The names that an artifact has or had (its database id), current ones first. */
export function answerNames(db: Pool, artifactId: number): Promise<ArtifactNamePeriod[]> {
  return listNamePeriods(db, artifactId);
}

/** What a name, or any tag of a repository, referred to over time. Throws a UsageError if it is not known. */
export async function answerVersions(db: Pool, question: VersionsQuestion): Promise<VersionsAnswer> {
  const { name, limit, now = Date.now() } = question;
  const repository = repositoryOf(name);
  const isRepository = repository === name;
  const rows = isRepository ? await listRepositoryVersions(db, name) : await listNameVersions(db, name);
  const all = toVersions(rows, { isRepository, now });
  const [chosen, series] = chooseSeries(all, question.series);
  if (chosen === undefined) throw toUnknownName(`no artifact was scanned as ${name}`, await suggestNames(db, name));
  const versions = all.filter((version) => seriesKey(version.row) === chosen.key);
  const canOrderByCreated = isRepository && versions.every(({ created }) => created !== null);
  const order = canOrderByCreated ? (question.order ?? "created") : "scanned";
  const measures = MEASURES_OF[chosen.kind];
  const measure = measures.find((each) => each === question.measure) ?? measures[0];
  const ordered = orderVersions(versions, order);
  return {
    name,
    scope: isRepository ? "repository" : "name",
    repository,
    order,
    canOrderByCreated,
    measure,
    measures,
    series,
    chosen,
    versions: await describeVersions(db, ordered, { measure, limit }),
    count: versions.length,
  };
}

type Version = DatedVersion<VersionRow>;

function seriesKey({ kind, platform }: VersionRow): string {
  return platform === "" ? kind : `${kind} ${platform}`;
}

/** The last seen first. */
function chooseSeries(
  versions: readonly Version[],
  wanted: string | undefined,
): [chosen: VersionSeries | undefined, all: VersionSeries[]] {
  const groups = [...Map.groupBy(versions, ({ row }) => seriesKey(row))];
  const lastSeen = (members: readonly Version[]) => Math.max(...members.map(({ seenAt }) => seenAt));
  const series = groups
    .sort(([, a], [, b]) => lastSeen(b) - lastSeen(a))
    .map(([key, members]) => {
      const { kind, platform } = members[0]!.row;
      return { key, kind, platform, count: members.length };
    });
  return [series.find(({ key }) => key === wanted) ?? series[0], series];
}

interface Described {
  readonly measure: VersionMeasure;
  readonly limit: number;
}

/** `ordered`: the oldest first; described are the newest. */
async function describeVersions(
  db: Pool,
  ordered: readonly Version[],
  { measure, limit }: Described,
): Promise<NameVersion[]> {
  const first = Math.max(0, ordered.length - limit);
  const shown = ordered.slice(first).map((version, i) => ({ version, before: ordered[first + i - 1] }));
  const newestFirst = shown.reverse();
  const changes = await loadVersionChanges(
    db,
    newestFirst.map(({ version, before }) => [before?.row, version.row]),
  );
  return newestFirst.map(({ version, before }, i) => {
    const { row, names, until, ...times } = version;
    const size = row[measure];
    const sizeBefore = before?.row[measure] ?? null;
    return {
      id: toArtifactId(row.digest),
      digest: row.digest,
      names,
      isCurrent: until === null,
      ...times,
      until,
      size,
      delta: size === null || sizeBefore === null ? null : size - sizeBefore,
      previous: before?.row.digest ?? null,
      changes: changes[i]!,
    };
  });
}
