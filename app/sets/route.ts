import { NextResponse } from "next/server";
import { z } from "zod";
import { savingsPath } from "#components/set/set-address.ts";
import { parameter } from "#lib/display/address.ts";
import { visibleText } from "#lib/display/visible-text.ts";
import { UsageError } from "#lib/model/problem.ts";
import { MAX_SETS, MIN_SETS } from "#lib/model/rung.ts";
import { keepSet } from "#lib/views/named-sets.ts";
import { orUnavailable } from "../or-unavailable.ts";
import { isSameOrigin, readForm, refuseUsage, toOwnUrl } from "../own-forms.ts";

const MAX_SET_NAME = 80;
const WRONG_SET = `A set needs a name of 1 to ${MAX_SET_NAME} characters and ${MIN_SETS} to ${MAX_SETS} artifacts.\n`;

const setForm = z.object({
  name: z.string().trim().min(1).max(MAX_SET_NAME),
  texts: z.array(z.string().min(1).max(512)).min(MIN_SETS).max(MAX_SETS),
});

/** Saves the selected artifacts under a name, and redirects to their page. */
export const POST = orUnavailable(async (request: Request): Promise<Response> => {
  if (!isSameOrigin(request)) return new Response("cross-site form refused\n", { status: 403 });
  const form = await readForm(request);
  const parsed = setForm.safeParse({
    name: form.get("name"),
    texts: parameter.names.read([String(form.get("in") ?? "")]),
  });
  if (!parsed.success) return new Response(WRONG_SET, { status: 400 });
  try {
    await keepSet(parsed.data.name, parsed.data.texts);
  } catch (error) {
    if (error instanceof UsageError) return refuseUsage(error);
    throw error;
  }
  // The page itself sends the form with fetch, and is not replaced.
  if (request.headers.get("accept") === "text/plain")
    return new Response(`Saved as ${visibleText(parsed.data.name)}.\n`);
  return NextResponse.redirect(toOwnUrl(request, savingsPath(parsed.data.texts)), 303);
});
