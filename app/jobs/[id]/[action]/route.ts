import { changeJob } from "#lib/views/jobs.ts";
import { formRoute, refuse } from "../../../own-forms.ts";

/** Cancels a job, queues it again, or removes it. */
export const POST = formRoute<{ id: string; action: string }>(async ({ params: { id, action } }) =>
  (await changeJob(id, action)) ? "/jobs" : refuse(404, "no such job: it may have ended meanwhile"),
);
