import { decodeSegment } from "#components/ui/search-params.ts";
import { forgetSet } from "#lib/views/named-sets.ts";
import { formRoute, refuse } from "../../../own-forms.ts";

/** Deletes a named set. */
export const POST = formRoute<{ name: string }>(async ({ params: { name } }) =>
  (await forgetSet(decodeSegment(name))) ? "/compare" : refuse(404, "no such set"),
);
