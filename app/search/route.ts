import { z } from "zod";
import { loadSearch } from "#lib/views/search.ts";

const LONGEST = 200;
const query = z.string().trim().min(1).max(LONGEST);

/** What the search dialog lists: `GET /search?q=TEXT`. */
export async function GET(request: Request): Promise<Response> {
  const text = query.safeParse(new URL(request.url).searchParams.get("q"));
  if (!text.success) return Response.json({ artifacts: [], nodes: [] });
  return Response.json(await loadSearch(text.data));
}
