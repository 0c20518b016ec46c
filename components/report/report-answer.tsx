import { DiffResult } from "#components/diff/diff-result.tsx";
import { OverlapResult } from "#components/overlap/overlap-result.tsx";
import type { CellOpening } from "#components/overlap/overlap-tools.tsx";
import { SavingsResult } from "#components/savings/savings-result.tsx";
import { reportPath } from "#lib/display/paths.ts";
import type { Answer, OverlapAnswer } from "#lib/model/answer.ts";
import { ClosureResult } from "./closure-result.tsx";

interface ReportAnswerProps {
  readonly id: string;
  readonly answer: Answer;
  /** Positions of the open intersection's artifacts. */
  readonly cell: readonly number[] | undefined;
}

/** A stored answer, drawn like its page but without the page's controls. */
export function ReportAnswer({ id, answer, cell }: ReportAnswerProps) {
  switch (answer.question) {
    case "diff":
      return <DiffResult answer={answer} />;
    case "overlap":
      return <OverlapResult answer={answer} opening={toOpening(id, answer, cell)} />;
    case "savings":
      return <SavingsResult answer={answer} />;
    case "closure":
      return <ClosureResult answer={answer} />;
  }
}

/** Only the intersections whose contents were stored open. */
function toOpening(id: string, { contents = [] }: OverlapAnswer, cell: ReportAnswerProps["cell"]): CellOpening {
  const kept = new Map(contents.map((each) => [each.in.join("."), each]));
  return {
    hrefOf: (held) => (kept.has(held.join(".")) ? reportPath(id, held) : undefined),
    closeHref: reportPath(id),
    contents: cell && kept.get(cell.join(".")),
  };
}
