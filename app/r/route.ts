import * as v from "valibot";
import { parameter } from "#lib/display/address.ts";
import { reportPath } from "#lib/display/paths.ts";
import { toReportTitle } from "#lib/exports/report-tables.ts";
import { MAX_SETS, RUNG_NAMES } from "#lib/model/rung.ts";
import { keepReport } from "#lib/views/reports.ts";
import { formRoute, refuse } from "../own-forms.ts";

const keepForm = v.object({
  question: v.picklist(["diff", "overlap", "savings", "closure"]),
  names: v.pipe(v.array(v.pipe(v.string(), v.nonEmpty(), v.maxLength(400))), v.nonEmpty(), v.maxLength(MAX_SETS)),
  rung: v.optional(v.picklist(RUNG_NAMES)),
});

/** Share: stores the answer of a page as a report, and redirects to it. */
export const POST = formRoute(async ({ form }) => {
  const parsed = v.safeParse(keepForm, {
    question: form.get("question"),
    names: String(form.get("in") ?? "").split(","),
    rung: form.get("rung") ?? undefined,
  });
  if (!parsed.success) return refuse(400, "this question cannot be saved as a report");
  const { id } = await keepReport(parsed.output, toReportTitle);
  return reportPath(id, parameter.cell.read([String(form.get("cell"))]));
});
