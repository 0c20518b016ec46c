import Link from "next/link";
import { diffPath } from "#components/set/set-address.ts";
import { CsvLink } from "#components/ui/section.tsx";
import { Visible } from "#components/ui/visible.tsx";
import { formatCount, formatCounted } from "#lib/display/bytes.ts";
import { lineageName } from "#lib/display/lineage-words.ts";
import { rebuildDifferenceWords } from "#lib/display/rebuild-words.ts";
import type { ComparedWithRebuild, RebuildDifference } from "#lib/model/rebase-answer.ts";
import type { RebaseView } from "#lib/views/rebase.ts";
import { REBASE_PATH, type RebaseParams, rebaseAddress } from "./rebase-address.ts";

/** Subjects of each part that are listed. */
const MAX_LISTED = 5;

interface AgainstSectionProps {
  readonly view: RebaseView;
  readonly params: RebaseParams;
}

/** The rebased image beside the one that was built anew: what is the same, and what is not. */
export function AgainstSection({ view: { plan, answer }, params }: AgainstSectionProps) {
  const { image, rebuilt } = plan;
  if (rebuilt === null) return null;
  const { from, to, against } = params;
  return (
    <section aria-labelledby="against" className="mt-10 text-[0.8125rem]">
      <div className="mb-2 flex items-baseline justify-between gap-4">
        <h2 id="against" className="text-base font-medium tracking-tight">
          Against a true rebuild
        </h2>
        {answer?.against === undefined ? null : (
          <CsvLink
            href={rebaseAddress.format(`${REBASE_PATH}/rebuild.csv`, { image: params.image, from, to, against })}
          />
        )}
      </div>
      {answer?.against?.parts.map((part) => (
        <Part key={part.part} part={part} />
      ))}
      <p className="mt-2">
        <Link href={diffPath(image.id, rebuilt.id)} prefetch={false} className="text-link">
          Compare today’s image with <Visible text={lineageName(rebuilt)} />
        </Link>
      </p>
    </section>
  );
}

const NOUNS = { files: "path", packages: "package", settings: "setting" } as const;

function Part({ part: { part, equalCount, differences } }: { part: ComparedWithRebuild }) {
  const subjects = [...Map.groupBy(differences, ({ subject }) => subject)];
  return (
    <div className="mb-1.5">
      <p>
        {formatCounted(equalCount, NOUNS[part])} equal,{" "}
        <span className={subjects.length === 0 ? "text-accent" : ""}>
          {subjects.length === 0 ? "none different" : `${formatCount(subjects.length)} different`}
        </span>
      </p>
      {subjects.length === 0 ? null : (
        <ul className="mt-1 mb-2 space-y-1 text-xs">
          {subjects.slice(0, MAX_LISTED).map(([subject, fields]) => (
            <Subject key={subject} subject={subject} fields={fields} isPath={part === "files"} />
          ))}
          {subjects.length > MAX_LISTED ? (
            <li className="text-dim">{formatCount(subjects.length - MAX_LISTED)} more: see the CSV file</li>
          ) : null}
        </ul>
      )}
    </div>
  );
}

interface SubjectProps {
  readonly subject: string;
  readonly fields: readonly RebuildDifference[];
  readonly isPath: boolean;
}

function Subject({ subject, fields, isPath }: SubjectProps) {
  return (
    <li className="flex flex-wrap justify-between gap-x-4">
      <Visible text={subject} className={`min-w-0 break-all ${isPath ? "font-mono" : ""}`} />
      <Visible text={fields.map(rebuildDifferenceWords).join("; ")} className="min-w-0 break-words text-dim" />
    </li>
  );
}
