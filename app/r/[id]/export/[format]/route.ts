import { REPORT_FORMATS, type ReportFormat, toExport } from "#lib/exports/to-export.ts";
import { isOutdated } from "#lib/model/report.ts";
import { loadReport } from "#lib/views/reports.ts";
import { orUnavailable } from "../../../../or-unavailable.ts";
import { toOwnAddress } from "../../../../own-address.ts";

interface Context {
  readonly params: Promise<{ id: string; format: string }>;
}

/** A report as a file. */
export const GET = orUnavailable(async (request: Request, { params }: Context): Promise<Response> => {
  const { id, format } = await params;
  const report = isFormat(format) ? await loadReport(id) : undefined;
  if (report === undefined || !isFormat(format))
    return new Response("no such report, or no such format\n", { status: 404 });
  if (isOutdated(report) && format !== "json")
    return new Response("an earlier version made this report: only its JSON can be exported\n", { status: 409 });
  const { body, mediaType } = toExport(report, format, toOwnAddress(request.headers, `/r/${id}`).href);
  const disposition = `attachment; filename="stratigraph-${id}.${format}"`;
  return new Response(body, { headers: { "Content-Type": mediaType, "Content-Disposition": disposition } });
});

function isFormat(text: string): text is ReportFormat {
  return REPORT_FORMATS.some((format) => format === text);
}
