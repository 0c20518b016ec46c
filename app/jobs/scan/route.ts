import { queueScans } from "#lib/views/jobs.ts";
import { formRoute } from "../../own-forms.ts";

/** Queues scans, and redirects to the list of jobs. */
export const POST = formRoute(async ({ form, request }) => {
  const texts = form.getAll("source").map(String);
  const given = (name: string) => String(form.get(name) ?? "") || undefined;
  const manifestsOnly = form.get("manifests-only") !== null;
  await queueScans({ texts, platform: given("platform"), every: given("every"), manifestsOnly });
  // The dialog sends the form with fetch, and shows a refusal itself.
  return request.headers.get("accept") === "text/plain" ? new Response("Queued.\n") : "/jobs";
});
