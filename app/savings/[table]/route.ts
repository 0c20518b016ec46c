import { notFound } from "next/navigation";
import { savingsAddress } from "#components/set/set-address.ts";
import { SAVINGS_CSV } from "#lib/exports/tables/savings.ts";
import { loadSavings } from "#lib/views/answers.ts";
import { loadSetPage } from "#lib/views/set-page.ts";
import { csvResponse, findTable, toTableName } from "../../csv-response.ts";
import { orUnavailable } from "../../or-unavailable.ts";

/** A complete table of the savings page: `GET /savings/ladder.csv?in=A,B,C`, `GET /savings/marginal.csv?in=A,B,C`. */
export const GET = orUnavailable(
  async (request: Request, { params }: { params: Promise<{ table: string }> }): Promise<Response> => {
    const { table } = await params;
    const { in: names } = savingsAddress.parse(new URL(request.url).searchParams);
    const { artifacts } = (await loadSetPage(names)).set;
    const toTable = findTable(SAVINGS_CSV, table);
    if (artifacts.length === 0 || toTable === undefined) notFound();
    return csvResponse(`savings-${toTableName(table)}`, toTable(await loadSavings(artifacts)));
  },
);
