import type { Pool } from "pg";
import type { Answer } from "#lib/model/answer.ts";
import { QuotaError } from "#lib/model/problem.ts";
import type { Report, ReportHead } from "#lib/model/report.ts";
import type { Prisma } from "../generated/client.ts";
import { openPrisma } from "../prisma.ts";
import { toStorable, toStorableJson } from "../write/storable-text.ts";

/** Reports per database: with answers of a megabyte they are as large as some images. */
export const MAX_REPORTS = 2000;

/** The editable part of a report: its texts, never the answer. */
export interface ReportWords {
  readonly title?: string;
  readonly note?: string;
}

/** The permalink reports of a database. */
export interface Reports {
  /**
   * Saves a report. A report with the same id has the same answer and stays unchanged, including its texts. Throws a QuotaError
   * at the limit.
   */
  save(report: Report): Promise<void>;
  get(id: string): Promise<Report | undefined>;
  count(): Promise<number>;
  /** The newest first. */
  list(limit: number): Promise<ReportHead[]>;
  /** False if the report does not exist. */
  describe(id: string, words: ReportWords): Promise<boolean>;
  remove(id: string): Promise<boolean>;
}

export function openReports(pool: Pool): Reports {
  const { report: table } = openPrisma(pool);
  return {
    save: async (report) => {
      if ((await table.count({ where: { NOT: { id: report.id } } })) >= MAX_REPORTS) {
        throw new QuotaError(`the limit is ${MAX_REPORTS.toLocaleString("en-US")} reports: delete some first`);
      }
      await table.createMany({ data: [toRow(report)], skipDuplicates: true });
    },
    get: async (id) => {
      const row = await table.findUnique({ where: { id } });
      return row === null ? undefined : toReport(row);
    },
    count: () => table.count(),
    list: async (limit) => {
      const rows = await table.findMany({
        omit: { answer: true },
        orderBy: [{ createdAt: "desc" }, { id: "asc" }],
        take: limit,
      });
      return rows.map(toHead);
    },
    describe: async (id, words) => {
      const { count } = await table.updateMany({ where: { id }, data: toStorableWords(words) });
      return count > 0;
    },
    remove: async (id) => {
      const { count } = await table.deleteMany({ where: { id } });
      return count > 0;
    },
  };
}

type Row = Prisma.ReportGetPayload<object>;

function toRow({ answer, answerVersion, createdAt, ...rest }: Report): Prisma.ReportCreateManyInput {
  // Answers are plain data by construction; Prisma's JSON type cannot express "readonly".
  return {
    ...rest,
    question: answer.question,
    ...toStorableWords(rest),
    createdAt: new Date(createdAt),
    answer: JSON.parse(toStorableJson({ version: answerVersion, ...answer })),
  };
}

/** A form may send any character. */
function toStorableWords({ title, note }: ReportWords): ReportWords {
  return {
    ...(title === undefined ? {} : { title: toStorable(title) }),
    ...(note === undefined ? {} : { note: toStorable(note) }),
  };
}

function toReport({ answer, ...head }: Row): Report {
  const { question: _, ...rest } = toHead(head);
  // Only `toRow` writes it. Answers from before the version field have none.
  const { version = 0, ...stored } = answer as unknown as Answer & { version?: number };
  return { ...rest, answer: stored, answerVersion: version };
}

function toHead({ createdAt, question, ...rest }: Omit<Row, "answer">): ReportHead {
  return { ...rest, question: question as Answer["question"], createdAt: createdAt.getTime() };
}
