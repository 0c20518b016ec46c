import { NextResponse } from "next/server";
import { z } from "zod";
import { parseNames, savingsPath } from "#lib/display/set-address.ts";
import { UsageError } from "#lib/model/problem.ts";
import { keepSet } from "#lib/views/named-sets.ts";
import { isSameOrigin, readForm, toOwnUrl } from "../own-forms.ts";

const setForm = z.object({
  name: z.string().trim().min(1).max(80),
  texts: z.array(z.string().min(1).max(512)).min(2).max(32),
});

/** Keeps the chosen artifacts under a name, and leads back to what they come to. */
export async function POST(request: Request): Promise<Response> {
  if (!isSameOrigin(request)) return new Response("sent from another site\n", { status: 403 });
  const form = await readForm(request);
  const parsed = setForm.safeParse({ name: form.get("name"), texts: parseNames([String(form.get("in") ?? "")]) });
  if (!parsed.success) return new Response("a name and 2 to 32 artifacts are meant\n", { status: 400 });
  try {
    await keepSet(parsed.data.name, parsed.data.texts);
  } catch (error) {
    if (error instanceof UsageError) return new Response(`${error.message}\n`, { status: 400 });
    throw error;
  }
  return NextResponse.redirect(toOwnUrl(request, savingsPath(parsed.data.texts)), 303);
}
