import { writeFile } from "node:fs/promises";
import type { Command } from "commander";
import { makeReport } from "#lib/answers/reports.ts";
import { openReports, type Reports } from "#lib/db/reports/reports.ts";
import { toReportTitle } from "#lib/exports/report-tables.ts";
import { column, toTable } from "#lib/exports/table.ts";
import { REPORT_FORMATS, type ReportFormat, toExport } from "#lib/exports/to-export.ts";
import type { Answer } from "#lib/model/answer.ts";
import type { ArtifactPart } from "#lib/model/artifact-part.ts";
import { UsageError } from "#lib/model/problem.ts";
import type { ReportHead } from "#lib/model/report.ts";
import { RUNG_NAMES, type RungName } from "#lib/model/rung.ts";
import { ARTIFACTS, findArtifactSet, findOneArtifact, RUNG_OPTION } from "../artifact-set.ts";
import { ALL_ROWS, choiceOption } from "../option-values.ts";
import { addQuery } from "../query-command.ts";
import { pageAddress } from "../server/server-address.ts";
import { print, writeDocument, writeLine } from "../terminal.ts";
import { askDatabase, fromUser, type Workbench } from "../workbench.ts";
import { writeTable } from "../write-table.ts";

const QUESTIONS = ["diff", "overlap", "savings", "closure"] as const satisfies Answer["question"][];

const COLUMNS = [
  column<ReportHead>("Id", "text", ({ id }) => id),
  column<ReportHead>("Question", "text", ({ question }) => question),
  column<ReportHead>("Created", "text", ({ createdAt }) => new Date(createdAt).toISOString().slice(0, 10)),
  column<ReportHead>("Title", "text", ({ title }) => title),
];

/** `report diff|overlap|savings|closure ARTIFACT…` makes a report; `list`, `export`, `describe` and `rm` are about stored ones. */
export function addReportCommand(program: Command, workbench: Workbench): void {
  const report = program
    .command("report")
    .description("immutable reports with a permanent link")
    .addHelpText("after", "\nExample:\n  stratigraph report diff nginx:1.26 nginx:1.27");
  for (const question of QUESTIONS) addQuestion(report, workbench, question);
  addList(report, workbench);
  addExport(report, workbench);
  addDescribe(report, workbench);
  addRemove(report, workbench);
}

function addQuestion(report: Command, workbench: Workbench, question: Answer["question"]): void {
  const { terminal } = workbench;
  const isSet = question === "overlap" || question === "savings";
  const command = report
    .command(question)
    .argument("<artifact...>", ARTIFACTS)
    .description(`make a report: the ${question} of ${question === "closure" ? "an artifact" : "these artifacts"}`);
  if (question === "overlap") command.addOption(choiceOption("--rung <rung>", RUNG_OPTION, RUNG_NAMES));
  const example = `report ${question} nginx:1.26${question === "closure" ? "" : " nginx:1.27"}`;
  addQuery(command, workbench, example, async ({ pool }, names: string[], { rung }: { rung?: RungName }) => {
    const parts: ArtifactPart[] = isSet ? await findArtifactSet(pool, terminal, names) : [];
    if (!isSet) for (const name of names) parts.push(await findOneArtifact(pool, name));
    const { id, title } = await makeReport(pool, { question, parts, rung }, toReportTitle);
    const url = toAddress(id);
    return {
      json: () => ({ id, url }),
      print: () => {
        print(terminal, title);
        writeLine(terminal, url);
      },
    };
  });
}

function addList(report: Command, workbench: Workbench): void {
  const { terminal } = workbench;
  const command = report.command("list").description("the stored reports, the newest first");
  addQuery(command, workbench, "report list", async ({ pool }) => {
    const heads = await openReports(pool).list(ALL_ROWS);
    return {
      json: () => ({ reports: heads.map((head) => ({ ...head, url: toAddress(head.id) })) }),
      print: () => {
        if (heads.length === 0) writeLine(terminal, "no reports yet: stratigraph report diff LEFT RIGHT");
        writeTable(terminal, toTable("", COLUMNS, heads));
      },
    };
  });
}

function addExport(report: Command, workbench: Workbench): void {
  report
    .command("export")
    .argument("<id>", "a report's id")
    .description("a report as a file: HTML that needs no network, JSON, CSV of its main table, or Markdown")
    .addOption(choiceOption("--format <format>", "html, json, csv or md", REPORT_FORMATS).makeOptionMandatory())
    .option("-o, --output <file>", "file to write (default: standard output)")
    .addHelpText("after", "\nExample:\n  stratigraph report export ID --format html -o report.html")
    .action((id: string, { format, output }: { format: ReportFormat; output?: string }) =>
      withReport(workbench, id, async (reports) => {
        const found = await reports.get(id);
        if (found === undefined) return false;
        const { body } = toExport(found, format, toAddress(id));
        if (output === undefined) writeDocument(workbench.terminal, body);
        else await writeFile(fromUser(output), body);
        return true;
      }),
    );
}

function addDescribe(report: Command, workbench: Workbench): void {
  report
    .command("describe")
    .argument("<id>", "a report's id")
    .description("change a report's title or note; its answer never changes")
    .option("--title <title>", "the new title")
    .option("--note <note>", "the new note")
    .action(async (id: string, words: { title?: string; note?: string }) => {
      if (words.title === undefined && words.note === undefined) throw new UsageError("pass --title or --note");
      await withReport(workbench, id, (reports) => reports.describe(id, words));
      print(workbench.terminal, `described ${id}`);
    });
}

function addRemove(report: Command, workbench: Workbench): void {
  report
    .command("rm")
    .argument("<id>", "a report's id")
    .description("delete a report; its link will stop working")
    .action(async (id: string) => {
      await withReport(workbench, id, (reports) => reports.remove(id));
      print(workbench.terminal, `deleted ${id}`);
    });
}

/** Throws a UsageError if `use` finds no such report. */
function withReport({ signal }: Workbench, id: string, use: (reports: Reports) => Promise<boolean>): Promise<void> {
  return askDatabase(signal, async ({ pool }) => {
    if (!(await use(openReports(pool))))
      throw new UsageError(`no report ${id}; stratigraph report list shows all reports`);
  });
}

/** The address of a report's page. */
function toAddress(id: string): string {
  return pageAddress(`r/${id}`);
}
