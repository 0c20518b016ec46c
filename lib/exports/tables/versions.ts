import { MEASURES } from "#lib/display/measures.ts";
import type { ArtifactNamePeriod, NameVersion, VersionChanges, VersionMeasure } from "#lib/model/name-version.ts";
import { type Column, type Columns, column } from "../table.ts";

const toTime = (at: number | null) => (at === null ? null : new Date(at).toISOString());
/** To the minute, in UTC. */
const toMinute = (at: number | null) => toTime(at)?.slice(0, 16).replace("T", " ") ?? null;

/** A column of moments, in UTC: exact in files, to the minute for reading. */
export function time<Row>(name: string, at: (row: Row) => number | null): Column<Row> {
  return column(name, "text", (row: Row) => toTime(at(row)), { shown: (row) => toMinute(at(row)) });
}

function changes(name: string, key: keyof VersionChanges): Column<NameVersion> {
  return column(name, "count", (version) => version.changes?.[key] ?? null);
}

/** The words of a measure of versions. */
export function versionMeasureLabel(measure: VersionMeasure): string {
  return measure === "nodeCount" ? "Components" : MEASURES[measure].label;
}

/** Of versions with sizes, and of those of an SBOM, which count components. */
export function versionColumns(measure: VersionMeasure) {
  const isCounted = measure === "nodeCount";
  return {
    names: column("Name", "text", ({ names }: NameVersion) => names.join(" "), {
      shown: ({ names: [first] }) => first ?? null,
    }),
    digest: column("Digest", "digest", ({ digest }: NameVersion) => digest),
    size: column(versionMeasureLabel(measure), isCounted ? "count" : "bytes", ({ size }: NameVersion) => size, {
      ...(isCounted ? {} : { measure }),
    }),
    delta: column("Change", isCounted ? "count" : "delta", ({ delta }: NameVersion) => delta),
    added: changes("In", "added"),
    removed: changes("Out", "removed"),
    changed: changes("Updated", "changed"),
    created: time("Created", ({ created }: NameVersion) => created),
    since: time("Since", ({ since }: NameVersion) => since),
    seenAt: time("Last scanned", ({ seenAt }: NameVersion) => seenAt),
    until: time("Until", ({ until }: NameVersion) => until),
    previous: column("Version before", "digest", ({ previous }: NameVersion) => previous),
  } satisfies Columns<NameVersion>;
}

/** The names of one artifact. */
export const NAME_PERIOD_COLUMNS = {
  name: column("Name", "text", ({ name }: ArtifactNamePeriod) => name),
  since: time("Since", ({ since }: ArtifactNamePeriod) => since),
  seenAt: time("Last scanned", ({ seenAt }: ArtifactNamePeriod) => seenAt),
  until: time("Moved", ({ until }: ArtifactNamePeriod) => until),
  refersTo: column("Refers to", "digest", ({ refersTo }: ArtifactNamePeriod) => refersTo),
  source: column("Source", "text", ({ source }: ArtifactNamePeriod) => source),
} satisfies Columns<ArtifactNamePeriod>;
