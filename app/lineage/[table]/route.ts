import { notFound } from "next/navigation";
import { lineageAddress } from "#components/lineage/lineage-address.ts";
import { csvTable } from "#lib/exports/table.ts";
import { LINEAGE_COLUMNS, MOVED_BASE_COLUMNS, PLAN_COLUMNS, STALE_COLUMNS } from "#lib/exports/tables/lineage.ts";
import { type LineageView, loadLineage } from "#lib/views/lineage.ts";
import { csvResponse, findTable, toTableName } from "../../csv-response.ts";
import { jsonResponse } from "../../json-response.ts";
import { orUnavailable } from "../../or-unavailable.ts";

const TABLES = {
  images: ({ matching }: LineageView) => csvTable(LINEAGE_COLUMNS, matching),
  stale: ({ stale }: LineageView) => csvTable(STALE_COLUMNS, stale.images),
  bases: ({ stale }: LineageView) => csvTable(MOVED_BASE_COLUMNS, stale.bases),
  plan: ({ moving }: LineageView) => csvTable(PLAN_COLUMNS, moving?.plan ?? []),
};

/** A complete table of the page of lineage, `GET /lineage/images.csv?q=&show=`, or the plan as `stale --json` has it: `stale.json`. */
export const GET = orUnavailable(
  async (request: Request, { params }: { params: Promise<{ table: string }> }): Promise<Response> => {
    const { table } = await params;
    const toTable = findTable(TABLES, table);
    if (toTable === undefined && table !== "stale.json") notFound();
    const view = await loadLineage(lineageAddress.parse(new URL(request.url).searchParams));
    if (toTable === undefined) return jsonResponse(view.stale);
    return csvResponse(`lineage-${toTableName(table)}`, toTable(view));
  },
);
