import * as v from "valibot";
import { MAX_NOTE_LENGTH, MAX_TITLE_LENGTH } from "#lib/model/report.ts";
import { describeReport } from "#lib/views/reports.ts";
import { formRoute, refuse } from "../../../own-forms.ts";

const wordsForm = v.object({
  title: v.pipe(v.string(), v.trim(), v.nonEmpty(), v.maxLength(MAX_TITLE_LENGTH)),
  note: v.pipe(v.string(), v.trim(), v.maxLength(MAX_NOTE_LENGTH)),
});

/** Changes a report's title and note. */
export const POST = formRoute<{ id: string }>(async ({ form, params: { id } }) => {
  const parsed = v.safeParse(wordsForm, Object.fromEntries(form));
  if (!parsed.success) return refuse(400, "a title of 1 to 200 characters and a note are required");
  return (await describeReport(id, parsed.output)) ? `/r/${id}` : refuse(404, "no such report");
});
