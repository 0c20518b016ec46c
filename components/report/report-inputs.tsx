import { Digest } from "#components/ui/digest.tsx";
import { Visible } from "#components/ui/visible.tsx";
import { nameArtifacts } from "#lib/display/artifact-names.ts";
import { formatCounted } from "#lib/display/bytes.ts";
import type { ArtifactLabel } from "#lib/model/answer.ts";

/** More inputs than these are folded. */
const SHOWN = 6;

/** The artifacts of a report, by digest: these identify them even if their names have moved. */
export function ReportInputs({ artifacts }: { artifacts: readonly ArtifactLabel[] }) {
  if (artifacts.length <= SHOWN) return <Inputs artifacts={artifacts} />;
  return (
    <details className="mt-3">
      <summary className="w-fit text-dim hover:text-ink">About {formatCounted(artifacts.length, "artifact")}</summary>
      <Inputs artifacts={artifacts} />
    </details>
  );
}

function Inputs({ artifacts }: { artifacts: readonly ArtifactLabel[] }) {
  // A difference may compare an artifact with itself.
  const distinct = [...new Map(artifacts.map((artifact) => [artifact.digest, artifact])).values()];
  const names = nameArtifacts(distinct);
  return (
    <ul aria-label="Artifacts of the report" className="mt-3 flex flex-wrap gap-x-8 gap-y-1">
      {distinct.map(({ digest, kind }, i) => (
        <li key={digest} className="flex min-w-0 items-baseline gap-2">
          <Visible text={names[i]!} className="min-w-0 truncate" />
          <span className="text-dim">{kind}</span>
          <Digest value={digest} />
        </li>
      ))}
    </ul>
  );
}
