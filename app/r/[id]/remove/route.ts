import { removeReport } from "#lib/views/reports.ts";
import { formRoute, refuse } from "../../../own-forms.ts";

/** Deletes a report. */
export const POST = formRoute<{ id: string }>(async ({ params: { id } }) =>
  (await removeReport(id)) ? "/reports" : refuse(404, "no such report"),
);
