import type { Pool } from "pg";
import { toReportId } from "#lib/analysis/report-id.ts";
import { ENGINE_VERSION } from "#lib/db/engine-version.ts";
import { openReports } from "#lib/db/reports/reports.ts";
import { ANSWER_VERSION, type Answer } from "#lib/model/answer.ts";
import { type ArtifactPart, distinctParts } from "#lib/model/artifact-part.ts";
import { UsageError } from "#lib/model/problem.ts";
import type { Report } from "#lib/model/report.ts";
import { MAX_SETS, MIN_SETS, type RungName } from "#lib/model/rung.ts";
import { answerCells } from "./cells.ts";
import { checkSized } from "./check-sized.ts";
import { answerClosure } from "./closure.ts";
import { answerDiff } from "./diff.ts";
import { answerOverlap } from "./overlap.ts";
import { answerSavings } from "./savings.ts";

/** The question, and the artifacts or parts of them, in the order they were named. */
export interface Question {
  readonly question: Answer["question"];
  readonly parts: readonly ArtifactPart[];
  /** For an overlap; default: `file`. */
  readonly rung?: RungName | undefined;
}

/** Number of artifacts in each question. */
const ARITY: Readonly<Record<Answer["question"], readonly [least: number, most: number]>> = {
  diff: [2, 2],
  overlap: [MIN_SETS, MAX_SETS],
  savings: [1, MAX_SETS],
  closure: [1, 1],
};

/** The answer to a question. Throws a UsageError for a wrong number of artifacts. */
export function answerQuestion(db: Pool, { question, parts: named, rung }: Question): Promise<Answer> {
  // A set contains an artifact once, however often it was named; a difference may compare an artifact with itself.
  const parts = question === "diff" ? named : distinctParts(named);
  const [least, most] = ARITY[question];
  if (parts.length < least || parts.length > most) {
    const wanted = least === most ? `${least}` : `${least} to ${most}`;
    throw new UsageError(`${question}: expected ${wanted} artifacts, got ${parts.length}`);
  }
  switch (question) {
    case "diff":
      return answerDiff(db, parts[0]!, parts[1]!);
    case "overlap":
      return answerOverlap(db, { parts, rung });
    case "savings":
      return answerSavings(db, parts);
    case "closure":
      return answerClosure(db, parts[0]!.id);
  }
}

/** Largest cells whose contents a report includes, besides those of all and of one artifact. */
const OPENED_CELLS = 24;
/** Rows of each list in a cell. */
const CELL_ROWS = 25;

/** An overlap with the contents of the cells that readers open first, because the artifacts may be removed later. */
async function withCells(db: Pool, { parts, rung }: Question, answer: Answer): Promise<Answer> {
  if (answer.question !== "overlap") return answer;
  const isOpened = (cell: readonly number[], i: number) =>
    i < OPENED_CELLS || cell.length === 1 || cell.length === answer.artifacts.length;
  const cells = answer.cells.map((cell) => cell.in).filter(isOpened);
  return { ...answer, contents: await answerCells(db, { parts: distinctParts(parts), rung, cells, limit: CELL_ROWS }) };
}

/** Answers a question and saves the answer permanently; `title` is its title unless a user has given it another. */
export async function makeReport(db: Pool, question: Question, toTitle: (answer: Answer) => string): Promise<Report> {
  // A report is drawn by its bytes, and stays as it is: it never shows components counted as bytes.
  await checkSized(db, question.parts);
  const reports = openReports(db);
  const answer = await withCells(db, question, await answerQuestion(db, question));
  const id = toReportId(answer, ENGINE_VERSION);
  await reports.save({
    id,
    title: toTitle(answer),
    note: "",
    createdAt: Date.now(),
    engineVersion: ENGINE_VERSION,
    answer,
    answerVersion: ANSWER_VERSION,
  });
  const kept = await reports.get(id);
  if (kept === undefined) throw new Error(`report ${id} was removed while it was made`);
  return kept;
}
