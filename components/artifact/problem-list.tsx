import { Visible } from "#components/ui/visible.tsx";
import type { ArtifactDetail } from "#lib/views/artifact.ts";

/** What the scan warned about. */
export function ProblemList({ problems }: { problems: ArtifactDetail["problems"] }) {
  return (
    <ul className="space-y-1.5 text-[0.8125rem]">
      {problems.map(({ code, path, message }) => (
        <li key={`${code} ${path} ${message}`} className="flex flex-wrap gap-x-3">
          <span className="text-warn">{code}</span>
          <span>
            <Visible text={message} />
          </span>
          <span className="font-mono text-xs break-all text-dim">
            <Visible text={path} />
          </span>
        </li>
      ))}
    </ul>
  );
}
