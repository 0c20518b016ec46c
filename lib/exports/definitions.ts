import { MEASURES, type MeasureName } from "#lib/display/measures.ts";
import type { Answer } from "#lib/model/answer.ts";
import { toReportFigures } from "./report-figures.ts";
import type { CellValue, Table } from "./table.ts";

export function isMeasure(name: CellValue): name is MeasureName {
  return typeof name === "string" && Object.hasOwn(MEASURES, name);
}

/** The glossary of a report: every measure of its figures and tables, once, in the order of the glossary page. */
export function usedMeasures(answer: Answer, tables: readonly Table[]): MeasureName[] {
  const used = new Set<string>(toReportFigures(answer).map(({ measure }) => measure));
  for (const { columns, rows } of tables) {
    columns.forEach(({ measure, kind }, i) => {
      if (measure !== undefined) used.add(measure);
      if (kind === "rung") for (const row of rows) used.add(String(row[i]));
    });
  }
  return Object.keys(MEASURES)
    .filter(isMeasure)
    .filter((name) => used.has(name));
}
