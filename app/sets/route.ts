import { z } from "zod";
import { savingsPath } from "#components/set/set-address.ts";
import { parameter } from "#lib/display/address.ts";
import { visibleText } from "#lib/display/visible-text.ts";
import { MAX_SETS, MIN_SETS } from "#lib/model/rung.ts";
import { keepSet } from "#lib/views/named-sets.ts";
import { formRoute, refuse } from "../own-forms.ts";

const MAX_SET_NAME = 80;
const WRONG_SET = `A set needs a name of 1 to ${MAX_SET_NAME} characters and ${MIN_SETS} to ${MAX_SETS} artifacts.`;

const setForm = z.object({
  name: z.string().trim().min(1).max(MAX_SET_NAME),
  texts: z.array(z.string().min(1).max(512)).min(MIN_SETS).max(MAX_SETS),
});

/** Saves the selected artifacts under a name, and redirects to their page. */
export const POST = formRoute(async ({ form, request }) => {
  const names = parameter.names.read([String(form.get("in") ?? "")]);
  const parsed = setForm.safeParse({ name: form.get("name"), texts: names });
  if (!parsed.success) return refuse(400, WRONG_SET);
  const { name, texts } = parsed.data;
  await keepSet(name, texts);
  // The page itself sends the form with fetch, and is not replaced.
  const staysOnPage = request.headers.get("accept") === "text/plain";
  return staysOnPage ? new Response(`Saved as ${visibleText(name)}.\n`) : savingsPath(texts);
});
