import { NextResponse } from "next/server";
import { SELECTED } from "#components/home/selected.ts";
import { parseNames } from "#lib/display/address.ts";
import { deleteArtifacts } from "#lib/views/delete.ts";
import { orUnavailable } from "../../or-unavailable.ts";
import { isSameOrigin, readForm, toOwnUrl } from "../../own-forms.ts";

/** Deletes the form's artifacts, and redirects to the list of the others. */
export const POST = orUnavailable(async (request: Request): Promise<Response> => {
  if (!isSameOrigin(request)) return new Response("cross-site form refused\n", { status: 403 });
  const form = await readForm(request);
  if ((await deleteArtifacts(parseNames([String(form.get(SELECTED) ?? "")]))) === 0)
    return new Response("no such artifacts\n", { status: 404 });
  return NextResponse.redirect(toOwnUrl(request, "/"), 303);
});
