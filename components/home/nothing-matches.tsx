import Link from "next/link";
import { Visible } from "#components/ui/visible.tsx";
import { artifactKind } from "#lib/display/artifact-kind.ts";
import type { ArtifactKind } from "#lib/model/artifact-label.ts";

interface NothingMatchesProps {
  readonly text: string;
  readonly kind: ArtifactKind | undefined;
}

/** Shown instead of the list when the filter matches nothing. */
export function NothingMatches({ text, kind }: NothingMatchesProps) {
  return (
    <p role="status" className="text-[0.8125rem] text-dim">
      No {kind === undefined ? "artifact" : artifactKind({ kind })} {text === "" ? "is here" : "has a name with "}
      {text === "" ? null : (
        <span className="font-medium text-ink">
          <Visible text={text} />
        </span>
      )}
      {text === "" ? "" : " in it"}.{" "}
      <Link href="/" className="text-link">
        Show all artifacts
      </Link>
    </p>
  );
}
