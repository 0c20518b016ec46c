import { NextResponse } from "next/server";
import { SELECTED } from "#components/home/selected.ts";
import { parseNames } from "#lib/display/address.ts";
import { deleteArtifacts } from "#lib/views/delete.ts";
import { orUnavailable } from "../../or-unavailable.ts";
import { isSameOrigin, readForm, toOwnUrl } from "../../own-forms.ts";

/** Deletes the artifacts of the form, and leads to those that are left. */
export const POST = orUnavailable(async (request: Request): Promise<Response> => {
  if (!isSameOrigin(request)) return new Response("sent from another site\n", { status: 403 });
  const form = await readForm(request);
  if ((await deleteArtifacts(parseNames([String(form.get(SELECTED) ?? "")]))) === 0)
    return new Response("none of these artifacts is here\n", { status: 404 });
  return NextResponse.redirect(toOwnUrl(request, "/"), 303);
});
