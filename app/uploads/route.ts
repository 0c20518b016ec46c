import * as v from "valibot";
import { openUpload } from "#lib/views/uploads.ts";
import { jsonResponse } from "../json-response.ts";
import { formRoute, refuse } from "../own-forms.ts";

const integerText = v.pipe(v.string(), v.transform(Number), v.number(), v.safeInteger());

const stamp = v.object({
  name: v.pipe(v.string(), v.nonEmpty(), v.maxLength(1024)),
  byteCount: v.pipe(integerText, v.minValue(1)),
  modifiedAt: integerText,
});

/** Begins the upload of an archive, or says how much of it has arrived. */
export const POST = formRoute(async ({ form }) => {
  const sent = v.safeParse(stamp, Object.fromEntries(form));
  if (!sent.success) return refuse(400, "the file is empty, or its name is too long");
  return jsonResponse(await openUpload(sent.output));
});
