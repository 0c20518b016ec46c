import * as v from "valibot";
import { savingsPath } from "#components/set/set-address.ts";
import { parameter } from "#lib/display/address.ts";
import { visibleText } from "#lib/display/visible-text.ts";
import { MAX_SETS, MIN_SETS } from "#lib/model/rung.ts";
import { keepSet } from "#lib/views/named-sets.ts";
import { formRoute, refuse } from "../own-forms.ts";

const MAX_SET_NAME = 80;
const WRONG_SET = `A set needs a name of 1 to ${MAX_SET_NAME} characters and ${MIN_SETS} to ${MAX_SETS} artifacts.`;

const setForm = v.object({
  name: v.pipe(v.string(), v.trim(), v.nonEmpty(), v.maxLength(MAX_SET_NAME)),
  texts: v.pipe(
    v.array(v.pipe(v.string(), v.nonEmpty(), v.maxLength(512))),
    v.minLength(MIN_SETS),
    v.maxLength(MAX_SETS),
  ),
});

/** Saves the selected artifacts under a name, and redirects to their page. */
export const POST = formRoute(async ({ form, request }) => {
  const names = parameter.names.read([String(form.get("in") ?? "")]);
  const parsed = v.safeParse(setForm, { name: form.get("name"), texts: names });
  if (!parsed.success) return refuse(400, WRONG_SET);
  const { name, texts } = parsed.output;
  await keepSet(name, texts);
  // The page itself sends the form with fetch, and is not replaced.
  const staysOnPage = request.headers.get("accept") === "text/plain";
  return staysOnPage ? new Response(`Saved as ${visibleText(name)}.\n`) : savingsPath(texts);
});
