import { followActivity } from "#lib/views/activity.ts";
import { latestEvents } from "../../event-stream.ts";
import { orUnavailable } from "../../or-unavailable.ts";
import { refuse } from "../../own-forms.ts";

/** What is going on, as JSON, whenever it changes. */
export const GET = orUnavailable(async () => {
  const events = latestEvents(followActivity);
  if (events === undefined) return refuse(503, "too many pages are open");
  // Compression would hold each event back until its buffer is full.
  const headers = { "Content-Type": "text/event-stream", "Cache-Control": "no-store, no-transform" };
  return new Response(events, { headers });
});
