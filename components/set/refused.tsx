import type { UsageError } from "#lib/model/problem.ts";
import { NoAnswer } from "./no-answer.tsx";

interface RefusedProps {
  /** What there is not: "There is no verdict". */
  readonly title: string;
  readonly error: Pick<UsageError, "message" | "candidates">;
}

/** Below a page's form, in place of the answer to a question that names nothing, or what may be several things. */
export function Refused({ title, error: { message, candidates } }: RefusedProps) {
  const more = candidates.length === 0 ? "" : ` ${candidates.join(", ")}`;
  return (
    <div className="mt-10">
      <NoAnswer isPart title={title} message={`${message}${more}`} offers={[]} />
    </div>
  );
}
