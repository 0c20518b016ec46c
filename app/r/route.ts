import { z } from "zod";
import { parameter } from "#lib/display/address.ts";
import { reportPath } from "#lib/display/paths.ts";
import { toReportTitle } from "#lib/exports/report-tables.ts";
import { MAX_SETS, RUNG_NAMES } from "#lib/model/rung.ts";
import { keepReport } from "#lib/views/reports.ts";
import { formRoute, refuse } from "../own-forms.ts";

const keepForm = z.object({
  question: z.enum(["diff", "overlap", "savings", "closure"]),
  names: z.array(z.string().min(1).max(400)).min(1).max(MAX_SETS),
  rung: z.enum(RUNG_NAMES).optional(),
});

/** Share: stores the answer of a page as a report, and redirects to it. */
export const POST = formRoute(async ({ form }) => {
  const parsed = keepForm.safeParse({
    question: form.get("question"),
    names: String(form.get("in") ?? "").split(","),
    rung: form.get("rung") ?? undefined,
  });
  if (!parsed.success) return refuse(400, "this question cannot be saved as a report");
  const { id } = await keepReport(parsed.data, toReportTitle);
  return reportPath(id, parameter.cell.read([String(form.get("cell"))]));
});
