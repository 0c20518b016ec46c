import { loadHome } from "#lib/views/home.ts";
import { csvResponse } from "../csv-response.ts";
import { homeParams } from "../home-params.ts";
import { orUnavailable } from "../or-unavailable.ts";

/** The most that Postgres takes for a LIMIT of 32 bits: no database has so many artifacts. */
const EVERYTHING = 2 ** 31 - 1;
const HEADER = [
  "name",
  "kind",
  "digest",
  "platform",
  "layers",
  "nodes",
  "layersContentSize",
  "rootfsSize",
  "wastedSize",
  "downloadSize",
  "closureSize",
  "scannedAt",
  "names",
];

/** The home page's table, every row of it: `GET /artifacts.csv?q=&kind=`. */
export const GET = orUnavailable(async (request: Request): Promise<Response> => {
  const { q, kind, sort, direction } = homeParams.parse(Object.fromEntries(new URL(request.url).searchParams));
  const { artifacts } = await loadHome({ text: q, kind, sort, direction, limit: EVERYTHING });
  const rows = artifacts.map((row) => [
    row.name,
    row.kind,
    row.digest,
    row.platform,
    row.layerCount,
    row.nodeCount,
    row.layersContentSize,
    row.rootfsSize,
    row.wastedSize,
    row.downloadSize ?? null,
    row.closureSize,
    new Date(row.scannedAt).toISOString(),
    row.names.join(" "),
  ]);
  return csvResponse("artifacts", HEADER, rows);
});
