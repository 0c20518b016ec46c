import { Figure } from "#components/ui/measure.tsx";
import type { NameVersion, VersionsAnswer } from "#lib/model/name-version.ts";
import { VersionDelta, VersionSize } from "./version-size.tsx";

/** The newest version, and how far it is from the oldest that is shown. */
export function VersionFigures({ answer: { versions, measure, count } }: { answer: VersionsAnswer }) {
  const [newest] = versions;
  const oldest = versions.at(-1);
  if (newest === undefined || oldest === undefined) return null;
  const since = versions.length < count ? `since the oldest of ${versions.length} shown` : "since the oldest";
  return (
    <dl className="mt-5 flex flex-wrap items-start gap-x-10 gap-y-4">
      <Figure label="Newest">
        <VersionSize size={newest.size} measure={measure} />
      </Figure>
      {versions.length < 2 ? null : (
        <>
          <Figure label="Change" note={since}>
            <VersionDelta delta={difference(newest, oldest)} measure={measure} />
          </Figure>
          <Figure label="Largest step" note="from one version to the next">
            <VersionDelta delta={largestStep(versions)} measure={measure} />
          </Figure>
        </>
      )}
    </dl>
  );
}

function difference(newest: NameVersion, oldest: NameVersion): number | null {
  return newest.size === null || oldest.size === null ? null : newest.size - oldest.size;
}

/** The oldest that is shown has a version before it that is not. */
function largestStep(versions: readonly NameVersion[]): number | null {
  const deltas = versions.slice(0, -1).flatMap(({ delta }) => delta ?? []);
  return deltas.length === 0 ? null : deltas.reduce((most, delta) => (Math.abs(delta) > Math.abs(most) ? delta : most));
}
