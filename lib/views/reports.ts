import "server-only";
import { makeReport } from "#lib/answers/reports.ts";
import { findArtifact } from "#lib/db/queries/find-artifact.ts";
import { openReports, type ReportWords } from "#lib/db/reports/reports.ts";
import type { Answer } from "#lib/model/answer.ts";
import type { Report, ReportHead } from "#lib/model/report.ts";
import type { RungName } from "#lib/model/rung.ts";
import { database } from "./database.ts";
import { orNotFound } from "./or-not-found.ts";

/** A report that a page requests: the question, and the artifacts as named in the URL. */
export interface KeepRequest {
  readonly question: Answer["question"];
  readonly names: readonly string[];
  readonly rung?: RungName;
}

/** Saves the answer to a question; the same question gives the same report. Throws a UsageError for names without a match. */
export async function keepReport(
  { question, names, rung }: KeepRequest,
  toTitle: (answer: Answer) => string,
): Promise<Report> {
  const db = await database();
  const found = await Promise.all(names.map((name) => findArtifact(db, name)));
  return orNotFound(() => makeReport(db, { question, parts: found, rung }, toTitle));
}

export async function loadReport(id: string): Promise<Report | undefined> {
  return openReports(await database()).get(id);
}

/** The newest reports, and the number of all. */
export async function loadReports(limit: number): Promise<{ rows: ReportHead[]; count: number }> {
  const reports = openReports(await database());
  const [rows, count] = await Promise.all([reports.list(limit), reports.count()]);
  return { rows, count };
}

export async function describeReport(id: string, words: ReportWords): Promise<boolean> {
  return openReports(await database()).describe(id, words);
}

export async function removeReport(id: string): Promise<boolean> {
  return openReports(await database()).remove(id);
}
