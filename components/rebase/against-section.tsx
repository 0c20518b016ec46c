import Link from "next/link";
import { diffPath } from "#components/set/set-address.ts";
import { Visible } from "#components/ui/visible.tsx";
import { formatCount, formatCounted } from "#lib/display/bytes.ts";
import { lineageName } from "#lib/display/lineage-words.ts";
import type { ComparedWithRebuild, RebuildDifference } from "#lib/model/rebase-answer.ts";
import type { RebaseView } from "#lib/views/rebase.ts";

/** Differences of each part that are listed. */
const MAX_LISTED = 5;

/** The rebased image beside the one that was built anew: what is the same, and what is not. */
export function AgainstSection({ view: { plan, answer } }: { view: RebaseView }) {
  const { image, rebuilt } = plan;
  if (rebuilt === null) return null;
  return (
    <section aria-labelledby="against" className="mt-10 text-[0.8125rem]">
      <h2 id="against" className="mb-2 text-base font-medium tracking-tight">
        Against a true rebuild
      </h2>
      {answer?.against?.parts.map((part) => (
        <Part key={part.part} part={part} />
      ))}
      <p className="mt-2">
        <Link href={diffPath(image.id, rebuilt.id)} prefetch={false} className="text-link">
          Compare it with <Visible text={lineageName(rebuilt)} /> as it is now
        </Link>
      </p>
    </section>
  );
}

const NOUNS = { files: ["path"], packages: ["package"], settings: ["setting"] } as const;

function Part({ part: { part, equalCount, differences } }: { part: ComparedWithRebuild }) {
  const count = new Set(differences.map(({ subject }) => subject)).size;
  return (
    <div className="mb-1.5">
      <p>
        {formatCounted(equalCount, NOUNS[part][0])} equal,{" "}
        <span className={count === 0 ? "text-accent" : ""}>
          {count === 0 ? "none different" : `${formatCount(count)} different`}
        </span>
      </p>
      {differences.length === 0 ? null : (
        <ul className="mt-1 mb-2 space-y-0.5 text-xs text-dim">
          {differences.slice(0, MAX_LISTED).map((difference) => (
            <li key={`${difference.subject} ${difference.field}`} className="break-words">
              <Visible text={toWords(difference)} />
            </li>
          ))}
          {differences.length > MAX_LISTED ? <li>{formatCount(differences.length - MAX_LISTED)} more</li> : null}
        </ul>
      )}
    </div>
  );
}

/** Characters of a value: a digest is recognised by fewer. */
const MAX_VALUE = 18;

function toWords({ subject, field, rebased, rebuilt }: RebuildDifference): string {
  const cut = (value: string) => (value.length > MAX_VALUE ? `${value.slice(0, MAX_VALUE - 1)}…` : value || "none");
  return `${subject} ${field}: ${cut(rebased)}, rebuilt ${cut(rebuilt)}`;
}
