import { formatCount } from "#lib/display/bytes.ts";
import type { ToldOutcome } from "#lib/scan/scan-event.ts";
import { say, sayProblem, type Terminal } from "../terminal.ts";

/** Warnings a person is shown of one artifact, and of all of one command. `show` has every one. */
const SHOWN_OF_ONE = 3;
const SHOWN_OF_ALL = 12;

/** What a command says of the problems of its artifacts: every error, and as many warnings as a person reads. */
export class ShownProblems {
  readonly #terminal: Terminal;
  #left = SHOWN_OF_ALL;

  constructor(terminal: Terminal) {
    this.#terminal = terminal;
  }

  say({ artifactId, problems, moreProblems }: ToldOutcome): void {
    const isStored = artifactId !== undefined;
    const shown = isStored ? problems.slice(0, Math.min(SHOWN_OF_ONE, this.#left)) : problems;
    for (const { severity, source, path, message } of shown) {
      sayProblem(this.#terminal, severity, [source, path, message]);
    }
    if (!isStored) return;
    this.#left -= shown.length;
    const cut = problems.length - shown.length + moreProblems;
    // Where none is shown any more, the line of the artifact still counts them.
    if (cut > 0 && shown.length > 0) say(this.#terminal, `… and ${formatCount(cut)} more warnings; show has them`);
  }
}
