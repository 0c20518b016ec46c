import Link from "next/link";
import { Visible } from "#components/ui/visible.tsx";
import type { UsageError } from "#lib/model/problem.ts";
import { Notice } from "./notice.tsx";

interface CandidateListProps {
  readonly candidates: readonly string[];
  readonly hrefOf: (candidate: string) => string;
}

/** The possible meanings of a name, as links. */
export function CandidateList({ candidates, hrefOf }: CandidateListProps) {
  if (candidates.length === 0) return null;
  return (
    <ul className="space-y-1.5">
      {candidates.map((candidate) => (
        <li key={candidate}>
          <Link href={hrefOf(candidate)} className="font-mono text-xs break-all text-link">
            <Visible text={candidate} />
          </Link>
        </li>
      ))}
    </ul>
  );
}

/** A page for an ambiguous name; without possible meanings, for the reason why there is no answer. */
export function Candidates({ error, hrefOf }: Pick<CandidateListProps, "hrefOf"> & { readonly error: UsageError }) {
  if (error.candidates.length === 0) {
    return (
      <Notice title="Not known">
        <p className="break-words">
          <Visible text={error.message} />
        </p>
      </Notice>
    );
  }
  return (
    <Notice title={error.candidates.length === 1 ? "Did you mean this?" : "Which one?"}>
      <p>
        <Visible text={error.message} />:
      </p>
      <CandidateList candidates={error.candidates} hrefOf={hrefOf} />
    </Notice>
  );
}
