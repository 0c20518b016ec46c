import type { NamePeriod, VersionOrder } from "#lib/model/name-version.ts";

/** An artifact with everything that is known of when names referred to it. */
export interface DatedVersion<Row extends DatedRow = DatedRow> extends Omit<NamePeriod, "name" | "source"> {
  readonly row: Row;
  readonly names: readonly string[];
  readonly created: number | null;
}

interface DatedRow extends NamePeriod {
  readonly artifactId: number;
  readonly createdAt: string;
}

/** The first release of Docker: an image that says it is older was made reproducibly, with a date of 1970 or 1980. */
const DOCKER_RELEASE = Date.UTC(2013, 2, 20);

/** When an image says that it was made; `null` if it does not, or if that is impossible. `now`: no image is newer. */
export function parseCreated(text: string, now: number): number | null {
  const created = Date.parse(text);
  return created >= DOCKER_RELEASE && created <= now ? created : null;
}

/**
 * The versions of a repository, each artifact once, or of one name, each time it referred to one. `rows` in the order of time; so are the
 * versions, if they are not ordered by when they were made.
 */
export function toVersions<Row extends DatedRow>(
  rows: readonly Row[],
  { isRepository, now }: { readonly isRepository: boolean; readonly now: number },
): DatedVersion<Row>[] {
  const groups = isRepository ? [...Map.groupBy(rows, (row) => row.artifactId).values()] : rows.map((row) => [row]);
  return groups.map((periods) => toVersion(periods, now));
}

function toVersion<Row extends DatedRow>(periods: readonly Row[], now: number): DatedVersion<Row> {
  const row = periods[0]!;
  const current = periods.filter(({ until }) => until === null);
  const ends = periods.map(({ until }) => until ?? Number.NEGATIVE_INFINITY);
  return {
    row,
    names: [...new Set([...current, ...periods].map(({ name }) => name))],
    since: periods.some(({ since }) => since === null) ? null : row.since,
    seenAt: Math.max(...periods.map(({ seenAt }) => seenAt)),
    until: current.length > 0 ? null : Math.max(...ends),
    created: parseCreated(row.createdAt, now),
  };
}

/** Oldest first. Versions of one moment keep the order of their scans. */
export function orderVersions<Version extends Pick<DatedVersion, "created">>(
  versions: readonly Version[],
  order: VersionOrder,
): Version[] {
  return order === "scanned" ? [...versions] : versions.toSorted((a, b) => (a.created ?? 0) - (b.created ?? 0));
}
