import { DiffResult } from "#components/compare/diff-result.tsx";
import { OverlapResult } from "#components/compare/overlap-result.tsx";
import { SavingsResult } from "#components/savings/savings-result.tsx";
import type { Answer } from "#lib/model/answer.ts";
import { ClosureResult } from "./closure-result.tsx";

/** An answer that was kept, drawn as its page draws it, without the page's controls. */
export function ReportAnswer({ answer }: { answer: Answer }) {
  switch (answer.question) {
    case "diff":
      return <DiffResult answer={answer} />;
    case "overlap":
      return <OverlapResult answer={answer} />;
    case "savings":
      return <SavingsResult answer={answer} />;
    case "closure":
      return <ClosureResult answer={answer} />;
  }
}
