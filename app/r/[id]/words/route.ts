import { NextResponse } from "next/server";
import { z } from "zod";
import { MAX_NOTE_LENGTH, MAX_TITLE_LENGTH } from "#lib/model/report.ts";
import { describeReport } from "#lib/views/reports.ts";
import { orUnavailable } from "../../../or-unavailable.ts";
import { isSameOrigin, readForm, toOwnUrl } from "../../../own-forms.ts";

const wordsForm = z.object({
  title: z.string().trim().min(1).max(MAX_TITLE_LENGTH),
  note: z.string().trim().max(MAX_NOTE_LENGTH),
});

/** Changes a report's title and note. */
export const POST = orUnavailable(
  async (request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> => {
    if (!isSameOrigin(request)) return new Response("cross-site form refused\n", { status: 403 });
    const { id } = await params;
    const parsed = wordsForm.safeParse(Object.fromEntries(await readForm(request)));
    if (!parsed.success)
      return new Response("a title of 1 to 200 characters and a note are required\n", { status: 400 });
    if (!(await describeReport(id, parsed.data))) return new Response("no such report\n", { status: 404 });
    return NextResponse.redirect(toOwnUrl(request, `/r/${id}`), 303);
  },
);
