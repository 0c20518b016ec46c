import { formatCount } from "#lib/display/bytes.ts";
import type { ListedOutcome } from "#lib/scan/scan-event.ts";
import { print, printProblem, type Terminal } from "../terminal.ts";

/** Warnings printed per artifact, and per command. `show` lists all of them. */
const SHOWN_PER_ARTIFACT = 3;
const SHOWN_PER_COMMAND = 12;

/** Prints the problems of the artifacts of one command: every error, and the first warnings about what was read. */
export class ProblemPrinter {
  readonly #terminal: Terminal;
  #left = SHOWN_PER_COMMAND;

  constructor(terminal: Terminal) {
    this.#terminal = terminal;
  }

  print({ artifactId, problems, moreProblems }: ListedOutcome): void {
    const isStored = artifactId !== undefined;
    // What an image lacks is a finding about it, which its line counts and show lists; a damaged input is news.
    const news = problems.filter(({ code }) => code !== "unresolved-dependency");
    const shown = isStored ? news.slice(0, Math.min(SHOWN_PER_ARTIFACT, this.#left)) : problems;
    for (const { severity, source, path, message } of shown) {
      printProblem(this.#terminal, severity, [source, path, message]);
    }
    if (!isStored) return;
    this.#left -= shown.length;
    const cut = problems.length - shown.length + moreProblems;
    // The line of the artifact counts the warnings even if none is printed.
    if (cut > 0 && shown.length > 0) print(this.#terminal, `… and ${formatCount(cut)} more warnings; show lists all`);
  }
}
