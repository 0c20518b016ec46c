import { loadTextDiff } from "#lib/views/file.ts";
import { jsonResponse } from "../../json-response.ts";
import { lookupRoute } from "../../lookup-route.ts";
import { parseFileQuery } from "../file-query.ts";

/** The difference of a text file of two artifacts: `GET /contents/difference?a=ID&b=ID&path=PATH`. */
export const GET = lookupRoute(async (params, signal) =>
  jsonResponse(await loadTextDiff(parseFileQuery(params, "a"), parseFileQuery(params, "b"), signal)),
);
