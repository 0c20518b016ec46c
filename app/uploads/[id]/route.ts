import { UPLOAD_OFFSET } from "#lib/model/upload.ts";
import { continueUpload } from "#lib/views/uploads.ts";
import { jsonResponse } from "../../json-response.ts";
import { ownRoute, refuse } from "../../own-forms.ts";

/** Adds the body to an upload, at the offset of its header. */
export const PATCH = ownRoute<{ id: string }>(async (request, { id }) => {
  const offset = Number(request.headers.get(UPLOAD_OFFSET) ?? Number.NaN);
  if (!Number.isSafeInteger(offset) || offset < 0 || request.body === null)
    return refuse(400, `expected a body, and its position in ${UPLOAD_OFFSET}`);
  const reply = await continueUpload(id, offset, request.body);
  return reply === undefined ? refuse(404, "no such upload: it was cancelled, or a day old") : jsonResponse(reply);
});
