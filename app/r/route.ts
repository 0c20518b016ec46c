import { NextResponse } from "next/server";
import { z } from "zod";
import { parameter } from "#lib/display/address.ts";
import { reportPath } from "#lib/display/paths.ts";
import { toReportTitle } from "#lib/exports/report-tables.ts";
import { UsageError } from "#lib/model/problem.ts";
import { MAX_SETS, RUNG_NAMES } from "#lib/model/rung.ts";
import { keepReport } from "#lib/views/reports.ts";
import { orUnavailable } from "../or-unavailable.ts";
import { isSameOrigin, readForm, refuseUsage, toOwnUrl } from "../own-forms.ts";

const keepForm = z.object({
  question: z.enum(["diff", "overlap", "savings", "closure"]),
  names: z.array(z.string().min(1).max(400)).min(1).max(MAX_SETS),
  rung: z.enum(RUNG_NAMES).optional(),
});

/** Share: stores the answer of a page as a report, and redirects to it. */
export const POST = orUnavailable(async (request: Request): Promise<Response> => {
  if (!isSameOrigin(request)) return new Response("cross-site form refused\n", { status: 403 });
  const form = await readForm(request);
  const rung = form.get("rung") ?? undefined;
  const parsed = keepForm.safeParse({
    question: form.get("question"),
    names: String(form.get("in") ?? "").split(","),
    rung,
  });
  if (!parsed.success) return new Response("this question cannot be saved as a report\n", { status: 400 });
  try {
    const { id } = await keepReport(parsed.data, toReportTitle);
    return NextResponse.redirect(
      toOwnUrl(request, reportPath(id, parameter.cell.read([String(form.get("cell"))]))),
      303,
    );
  } catch (error) {
    if (error instanceof UsageError) return refuseUsage(error);
    throw error;
  }
});
