import type { Pool } from "pg";
import { toReportId } from "#lib/analysis/report-id.ts";
import { openReports } from "#lib/db/reports/reports.ts";
import { ENGINE_VERSION } from "#lib/db/write/write-graph.ts";
import type { Answer, Rung } from "#lib/model/answer.ts";
import { UsageError } from "#lib/model/problem.ts";
import type { Report } from "#lib/model/report.ts";
import { findClosure } from "./find-closure.ts";
import { findDiff } from "./find-diff.ts";
import { findOverlapAnswer } from "./find-overlap.ts";
import { findSavings } from "./find-savings.ts";

/** What is asked, of which artifacts (database ids, in the order they were named). */
export interface Question {
  readonly question: Answer["question"];
  readonly artifactIds: readonly number[];
  /** Of an overlap; `file` unless told. */
  readonly rung?: Rung;
}

/** How many artifacts each question is about. */
const ARITY: Readonly<Record<Answer["question"], readonly [least: number, most: number]>> = {
  diff: [2, 2],
  overlap: [2, 32],
  savings: [1, 32],
  closure: [1, 1],
};

/** The answer to a question. Throws a UsageError where it is not about that many artifacts. */
export function findAnswer(db: Pool, { question, artifactIds: named, rung = "file" }: Question): Promise<Answer> {
  // A set holds an artifact once, however often it was named; a difference may be that of an artifact to itself.
  const artifactIds = question === "diff" ? named : [...new Set(named)];
  const [least, most] = ARITY[question];
  if (artifactIds.length < least || artifactIds.length > most) {
    const wanted = least === most ? `${least}` : `${least} to ${most}`;
    throw new UsageError(`${question} is about ${wanted} artifacts, not ${artifactIds.length}`);
  }
  switch (question) {
    case "diff":
      return findDiff(db, artifactIds[0]!, artifactIds[1]!);
    case "overlap":
      return findOverlapAnswer(db, artifactIds, rung);
    case "savings":
      return findSavings(db, artifactIds);
    case "closure":
      return findClosure(db, artifactIds[0]!);
  }
}

/** Answers a question and keeps the answer for good; `title` names it unless somebody gave it another name already. */
export async function makeReport(db: Pool, question: Question, toTitle: (answer: Answer) => string): Promise<Report> {
  const reports = openReports(db);
  const answer = await findAnswer(db, question);
  const id = toReportId(answer, ENGINE_VERSION);
  await reports.save({
    id,
    title: toTitle(answer),
    note: "",
    createdAt: Date.now(),
    engineVersion: ENGINE_VERSION,
    answer,
  });
  const kept = await reports.get(id);
  if (kept === undefined) throw new Error(`report ${id} went away while it was made`);
  return kept;
}
