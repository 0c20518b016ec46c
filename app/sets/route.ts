import { NextResponse } from "next/server";
import { z } from "zod";
import { parseNames, savingsPath } from "#lib/display/set-address.ts";
import { visibleText } from "#lib/display/visible-text.ts";
import { UsageError } from "#lib/model/problem.ts";
import { keepSet } from "#lib/views/named-sets.ts";
import { orUnavailable } from "../or-unavailable.ts";
import { isSameOrigin, readForm, refuseUsage, toOwnUrl } from "../own-forms.ts";

const setForm = z.object({
  name: z.string().trim().min(1).max(80),
  texts: z.array(z.string().min(1).max(512)).min(2).max(32),
});

/** Keeps the chosen artifacts under a name, and leads back to what they come to. */
export const POST = orUnavailable(async (request: Request): Promise<Response> => {
  if (!isSameOrigin(request)) return new Response("sent from another site\n", { status: 403 });
  const form = await readForm(request);
  const parsed = setForm.safeParse({ name: form.get("name"), texts: parseNames([String(form.get("in") ?? "")]) });
  if (!parsed.success)
    return new Response("A set needs a name of 1 to 80 characters and 2 to 32 artifacts.\n", { status: 400 });
  try {
    await keepSet(parsed.data.name, parsed.data.texts);
  } catch (error) {
    if (error instanceof UsageError) return refuseUsage(error);
    throw error;
  }
  // The page itself asks, and stays.
  if (request.headers.get("accept") === "text/plain")
    return new Response(`Saved as ${visibleText(parsed.data.name)}.\n`);
  return NextResponse.redirect(toOwnUrl(request, savingsPath(parsed.data.texts)), 303);
});
