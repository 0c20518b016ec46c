import { loadReading } from "#lib/views/file.ts";
import { jsonResponse } from "../json-response.ts";
import { lookupRoute } from "../lookup-route.ts";
import { parseFileQuery } from "./file-query.ts";

/** The contents of a scanned file: `GET /contents?artifact=ID&path=PATH&layer=N`. */
export const GET = lookupRoute(async (params, signal) =>
  jsonResponse(await loadReading(parseFileQuery(params, "artifact"), signal)),
);
