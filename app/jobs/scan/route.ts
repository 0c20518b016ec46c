import { queueScan } from "#lib/views/jobs.ts";
import { formRoute } from "../../own-forms.ts";

/** Queues a scan, and redirects to the list of jobs. */
export const POST = formRoute(async ({ form, request }) => {
  await queueScan(String(form.get("source") ?? ""));
  // The dialog sends the form with fetch, and shows a refusal itself.
  return request.headers.get("accept") === "text/plain" ? new Response("Queued.\n") : "/jobs";
});
