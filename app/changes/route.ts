import { loadChanges } from "#lib/views/changes.ts";

/** What an open page asks now and then: `GET /changes`. A stamp other than the one it was made with means that it is out of date. */
export async function GET(): Promise<Response> {
  const { stamp } = await loadChanges();
  return Response.json({ stamp }, { headers: { "Cache-Control": "no-store" } });
}
