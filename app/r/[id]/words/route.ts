import { z } from "zod";
import { MAX_NOTE_LENGTH, MAX_TITLE_LENGTH } from "#lib/model/report.ts";
import { describeReport } from "#lib/views/reports.ts";
import { formRoute, refuse } from "../../../own-forms.ts";

const wordsForm = z.object({
  title: z.string().trim().min(1).max(MAX_TITLE_LENGTH),
  note: z.string().trim().max(MAX_NOTE_LENGTH),
});

/** Changes a report's title and note. */
export const POST = formRoute<{ id: string }>(async ({ form, params: { id } }) => {
  const parsed = wordsForm.safeParse(Object.fromEntries(form));
  if (!parsed.success) return refuse(400, "a title of 1 to 200 characters and a note are required");
  return (await describeReport(id, parsed.data)) ? `/r/${id}` : refuse(404, "no such report");
});
