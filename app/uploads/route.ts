import { z } from "zod";
import { openUpload } from "#lib/views/uploads.ts";
import { jsonResponse } from "../json-response.ts";
import { formRoute, refuse } from "../own-forms.ts";

const stamp = z.object({
  name: z.string().min(1).max(1024),
  byteCount: z.coerce.number().int().min(1),
  modifiedAt: z.coerce.number().int(),
});

/** Begins the upload of an archive, or says how much of it has arrived. */
export const POST = formRoute(async ({ form }) => {
  const sent = stamp.safeParse(Object.fromEntries(form));
  if (!sent.success) return refuse(400, "the file is empty, or its name is too long");
  return jsonResponse(await openUpload(sent.data));
});
