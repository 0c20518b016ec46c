import { writeFile } from "node:fs/promises";
import type { Command } from "commander";
import type { Pool } from "pg";
import { makeReport } from "#lib/answers/reports.ts";
import { openReports } from "#lib/db/reports/reports.ts";
import { toReportTitle } from "#lib/exports/report-tables.ts";
import { REPORT_FORMATS, type ReportFormat, toExport } from "#lib/exports/to-export.ts";
import type { Answer } from "#lib/model/answer.ts";
import type { ArtifactPart } from "#lib/model/artifact-part.ts";
import { UsageError } from "#lib/model/problem.ts";
import { RUNG_NAMES, type RungName } from "#lib/model/rung.ts";
import { findArtifactSet, findOneArtifact } from "../artifact-set.ts";
import { choiceOption } from "../option-values.ts";
import { pageAddress } from "../server/server-address.ts";
import { say, type Terminal, writeDocument, writeJson, writeLine, writeTable } from "../terminal.ts";
import { askDatabase, fromUser, type Workbench } from "../workbench.ts";

const QUESTIONS = ["diff", "overlap", "savings", "closure"] as const satisfies Answer["question"][];
/** The most that Postgres takes for a LIMIT of 32 bits: all of them. */
const EVERY_REPORT = 2 ** 31 - 1;
const REPORT_HEADINGS = ["id", "question", "created", "title"];

interface JsonOption {
  json?: boolean;
}

/** `report diff|overlap|savings|closure ARTIFACT…` makes one; `list`, `export`, `describe` and `rm` are about those there are. */
export function addReportCommand(program: Command, workbench: Workbench): void {
  const report = program
    .command("report")
    .description("permalink reports: answers that stay as they are, at an address that stays")
    .addHelpText("after", "\nExample:\n  stratigraph report diff nginx:1.26 nginx:1.27");
  for (const question of QUESTIONS) addQuestion(report, workbench, question);
  addList(report, workbench);
  addExport(report, workbench);
  addDescribe(report, workbench);
  addRemove(report, workbench);
}

function addQuestion(report: Command, workbench: Workbench, question: Answer["question"]): void {
  const command = report
    .command(question)
    .argument("<artifact...>", "names, repo:tag, digests, ids, or roots' store paths")
    .description(
      `make a report of ${question === "closure" ? "what one artifact is made of" : `the ${question} of these`}`,
    )
    .option("--json", "one JSON document on standard output: id and address");
  if (question === "overlap")
    command.addOption(choiceOption("--rung <rung>", "the grain of sharing", RUNG_NAMES).default("file"));
  command.action((names: string[], options: JsonOption & { rung?: RungName }) =>
    askDatabase(workbench.signal, async ({ pool }) => {
      const parts = await findParts(pool, workbench.terminal, question, names);
      const asked = { question, parts, rung: options.rung };
      const { id, title } = await makeReport(pool, asked, toReportTitle);
      const url = toAddress(id);
      if (options.json) return writeJson(workbench.terminal, { id, url });
      say(workbench.terminal, title);
      writeLine(workbench.terminal, url);
    }),
  );
}

/** A set is named by patterns too; a difference or a closure is about what each name means. */
async function findParts(
  db: Pool,
  terminal: Terminal,
  question: Answer["question"],
  names: readonly string[],
): Promise<ArtifactPart[]> {
  if (question === "overlap" || question === "savings") return findArtifactSet(db, terminal, names);
  const parts: ArtifactPart[] = [];
  for (const name of names) parts.push(await findOneArtifact(db, name));
  return parts;
}

function addList(report: Command, { terminal, signal }: Workbench): void {
  report
    .command("list")
    .description("the reports there are, the newest first")
    .option("--json", "one JSON document on standard output")
    .action((options: JsonOption) =>
      askDatabase(signal, async ({ pool }) => {
        const heads = await openReports(pool).list(EVERY_REPORT);
        const reports = heads.map((head) => ({ ...head, url: toAddress(head.id) }));
        if (options.json) return writeJson(terminal, { reports });
        const rows = reports.map(({ id, question, createdAt, title }) => {
          return [id, question, new Date(createdAt).toISOString().slice(0, 10), title];
        });
        if (rows.length === 0) writeLine(terminal, "no reports yet: stratigraph report diff LEFT RIGHT");
        else writeTable(terminal, { cells: [REPORT_HEADINGS, ...rows], fitted: REPORT_HEADINGS.indexOf("title") });
      }),
    );
}

function addExport(report: Command, { terminal, signal }: Workbench): void {
  report
    .command("export")
    .argument("<id>", "a report's id")
    .description(
      "one report as a file: HTML that needs no network, JSON, CSV of its main table, or Markdown for a pull request",
    )
    .addOption(choiceOption("--format <format>", "html, json, csv or md", REPORT_FORMATS).makeOptionMandatory())
    .option("-o, --output <file>", "file to write (default: standard output)")
    .addHelpText("after", "\nExample:\n  stratigraph report export ID --format html -o report.html")
    .action((id: string, { format, output }: { format: ReportFormat; output?: string }) =>
      askDatabase(signal, async ({ pool }) => {
        const found = await openReports(pool).get(id);
        if (found === undefined) throw noSuchReport(id);
        const { body } = toExport(found, format, toAddress(id));
        if (output === undefined) writeDocument(terminal, body);
        else await writeFile(fromUser(output), body);
      }),
    );
}

function addDescribe(report: Command, { terminal, signal }: Workbench): void {
  report
    .command("describe")
    .argument("<id>", "a report's id")
    .description("change a report's title or note; its answer never changes")
    .option("--title <title>", "what to call it")
    .option("--note <note>", "a note beside it")
    .action((id: string, words: { title?: string; note?: string }) =>
      askDatabase(signal, async ({ pool }) => {
        if (words.title === undefined && words.note === undefined) throw new UsageError("say --title or --note");
        if (!(await openReports(pool).describe(id, words))) throw noSuchReport(id);
        say(terminal, `described ${id}`);
      }),
    );
}

function addRemove(report: Command, { terminal, signal }: Workbench): void {
  report
    .command("rm")
    .argument("<id>", "a report's id")
    .description("delete a report; its address leads nowhere then")
    .action((id: string) =>
      askDatabase(signal, async ({ pool }) => {
        if (!(await openReports(pool).remove(id))) throw noSuchReport(id);
        say(terminal, `deleted ${id}`);
      }),
    );
}

function noSuchReport(id: string): UsageError {
  return new UsageError(`no report ${id}; stratigraph report list shows those there are`);
}

/** Where the server shows a report. */
function toAddress(id: string): string {
  return pageAddress(`r/${id}`);
}
