import type { Answer } from "#lib/model/answer.ts";
import type { Rung } from "#lib/model/rung.ts";

interface ShareFormProps {
  readonly question: Answer["question"];
  /** The permanent names of the artifacts, in the order of the question. */
  readonly names: readonly string[];
  readonly rung?: Rung;
  /** Positions of the open intersection's artifacts: it is open in the report, too. */
  readonly cell?: readonly number[] | undefined;
}

/** The button that stores the page's answer as a report, and opens it. */
export function ShareForm({ question, names, rung, cell }: ShareFormProps) {
  return (
    <form method="post" action="/r">
      <input type="hidden" name="question" value={question} />
      <input type="hidden" name="in" value={names.join(",")} />
      {rung === undefined ? null : <input type="hidden" name="rung" value={rung} />}
      {cell === undefined ? null : <input type="hidden" name="cell" value={cell.join(".")} />}
      <button type="submit" data-tip="Save a permanent snapshot" className="button">
        Share
      </button>
    </form>
  );
}

/** The same for a given answer. */
export function ShareAnswer({ answer, cell }: { answer: Answer; cell?: ShareFormProps["cell"] }) {
  // A root's closure has no digest: its store path identifies it.
  const names = answer.artifacts.map(({ digest, root }) => root ?? digest);
  return (
    <ShareForm
      question={answer.question}
      names={names}
      rung={answer.question === "overlap" ? answer.rung : undefined}
      cell={cell}
    />
  );
}
