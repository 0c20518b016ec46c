import { MoreLink } from "#components/ui/section.tsx";
import { Visible } from "#components/ui/visible.tsx";
import { formatCounted } from "#lib/display/bytes.ts";
import type { ArtifactDetail } from "#lib/views/artifact.ts";

interface ProblemListProps {
  readonly problems: ArtifactDetail["problems"];
  readonly limit: number;
  readonly moreHref: string | undefined;
}

/** The scan's warnings, in their order of occurrence. */
export function ProblemList({ problems, limit, moreHref }: ProblemListProps) {
  // Two warnings may have the same text and place.
  const rows = problems.slice(0, limit).map((problem, place) => ({ ...problem, key: `${place}` }));
  return (
    <>
      <ul className="space-y-1.5 text-[0.8125rem]">
        {rows.map(({ key, code, path, message }) => (
          <li key={key} className="flex flex-wrap gap-x-3">
            <span className="text-warn">{code}</span>
            <Visible text={message} />
            <Visible text={path} className="font-mono text-xs break-all text-dim" />
          </li>
        ))}
      </ul>
      {problems.length <= limit ? null : (
        <p className="mt-3 text-[0.8125rem] text-dim">
          {formatCounted(problems.length - limit, "more warning")} not shown
          <MoreLink href={moreHref} />
        </p>
      )}
    </>
  );
}
