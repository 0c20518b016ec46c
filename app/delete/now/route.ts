import { SELECTED } from "#components/home/selected.ts";
import { parseNames } from "#lib/display/address.ts";
import { deleteArtifacts } from "#lib/views/delete.ts";
import { formRoute, refuse } from "../../own-forms.ts";

/** Deletes the form's artifacts, and redirects to the list of the others. */
export const POST = formRoute(async ({ form }) => {
  const count = await deleteArtifacts(parseNames([String(form.get(SELECTED) ?? "")]));
  return count === 0 ? refuse(404, "no such artifacts") : "/";
});
