import { notFound } from "next/navigation";
import { whatifAddress } from "#components/whatif/whatif-address.ts";
import { csvTable } from "#lib/exports/table.ts";
import { NAMED_HOLDER_COLUMNS, UPDATE_COLUMNS, UPDATED_COLUMNS } from "#lib/exports/tables/whatif.ts";
import { UsageError } from "#lib/model/problem.ts";
import { loadNamedHolders, loadUpdate, type UpdateNames } from "#lib/views/whatif.ts";
import { csvResponse, findTable, toTableName } from "../../csv-response.ts";
import { orReason } from "../../or-reason.ts";
import { orUnavailable } from "../../or-unavailable.ts";

const TABLES = {
  models: async (names: UpdateNames) => csvTable(UPDATE_COLUMNS, (await loadUpdate(names)).models),
  artifacts: async (names: UpdateNames) => csvTable(UPDATED_COLUMNS, (await loadUpdate(names)).artifacts),
  holders: async (names: UpdateNames) => csvTable(NAMED_HOLDER_COLUMNS, await loadNamedHolders(names)),
};

/** A complete table of the page of update costs: `GET /whatif/models.csv?component=libc6&in=A,B`. */
export const GET = orUnavailable(
  async (request: Request, { params }: { params: Promise<{ table: string }> }): Promise<Response> => {
    const { table } = await params;
    const names = whatifAddress.parse(new URL(request.url).searchParams);
    const toTable = findTable(TABLES, table);
    if (toTable === undefined || names.component.length === 0) notFound();
    const rows = await orReason(toTable(names));
    if (rows instanceof UsageError) notFound();
    return csvResponse(`update-${toTableName(table)}`, rows);
  },
);
