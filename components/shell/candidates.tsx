import Link from "next/link";
import { Visible } from "#components/ui/visible.tsx";
import type { UsageError } from "#lib/model/problem.ts";
import { Notice } from "./notice.tsx";

interface CandidatesProps {
  readonly error: UsageError;
  readonly hrefOf: (candidate: string) => string;
}

/** The possible meanings of an ambiguous name, as links. */
export function Candidates({ error, hrefOf }: CandidatesProps) {
  return (
    <Notice title={error.candidates.length === 1 ? "Did you mean this?" : "Which one?"}>
      <p>
        <Visible text={error.message} />:
      </p>
      <ul className="space-y-1.5">
        {error.candidates.map((candidate) => (
          <li key={candidate}>
            <Link href={hrefOf(candidate)} className="font-mono text-xs break-all text-link">
              <Visible text={candidate} />
            </Link>
          </li>
        ))}
      </ul>
    </Notice>
  );
}
