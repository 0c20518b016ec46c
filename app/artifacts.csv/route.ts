import { csvTable } from "#lib/exports/table.ts";
import { ARTIFACT_COLUMNS } from "#lib/exports/tables/artifacts.ts";
import { loadHome } from "#lib/views/home.ts";
import { csvResponse } from "../csv-response.ts";
import { homeAddress } from "../home-address.ts";
import { orUnavailable } from "../or-unavailable.ts";

/** The maximum of a LIMIT of 32 bits in Postgres: no database has that many artifacts. */
const EVERYTHING = 2 ** 31 - 1;

/** All rows of the home page's table: `GET /artifacts.csv?q=&kind=`. */
export const GET = orUnavailable(async (request: Request): Promise<Response> => {
  const { q, kind, sort, direction } = homeAddress.parse(new URL(request.url).searchParams);
  const { artifacts } = await loadHome({ text: q, kind, sort, direction, limit: EVERYTHING });
  return csvResponse("artifacts", csvTable(ARTIFACT_COLUMNS, artifacts));
});
