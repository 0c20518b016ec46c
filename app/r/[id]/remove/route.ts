import { NextResponse } from "next/server";
import { removeReport } from "#lib/views/reports.ts";
import { orUnavailable } from "../../../or-unavailable.ts";
import { isSameOrigin, toOwnUrl } from "../../../own-forms.ts";

/** Deletes a report. */
export const POST = orUnavailable(
  async (request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> => {
    if (!isSameOrigin(request)) return new Response("cross-site form refused\n", { status: 403 });
    const { id } = await params;
    if (!(await removeReport(id))) return new Response("no such report\n", { status: 404 });
    return NextResponse.redirect(toOwnUrl(request, "/reports"), 303);
  },
);
