import { notFound } from "next/navigation";
import { filterFindings } from "#components/rebase/filter-findings.ts";
import { type RebaseParams, rebaseAddress } from "#components/rebase/rebase-address.ts";
import { csvTable } from "#lib/exports/table.ts";
import { FINDING_COLUMNS, listFindings, REBASED_LAYER_COLUMNS, REBUILD_COLUMNS } from "#lib/exports/tables/rebase.ts";
import { PULL_COLUMNS } from "#lib/exports/tables/rebase-pulls.ts";
import { UsageError } from "#lib/model/problem.ts";
import { loadRebase, type RebaseView } from "#lib/views/rebase.ts";
import { csvResponse, findTable, toTableName } from "../../../csv-response.ts";
import { orReason } from "../../../or-reason.ts";
import { orUnavailable } from "../../../or-unavailable.ts";

const TABLES = {
  pulls: ({ pulls }: RebaseView) => csvTable(PULL_COLUMNS, pulls),
  findings: (view: RebaseView, params: RebaseParams) => findingTable(view, params, "findings"),
  before: (view: RebaseView, params: RebaseParams) => findingTable(view, params, "before"),
  layers: ({ answer }: RebaseView) => csvTable(REBASED_LAYER_COLUMNS, answer?.layers ?? []),
  rebuild: ({ answer }: RebaseView) =>
    csvTable(REBUILD_COLUMNS, answer?.against?.parts.flatMap(({ differences }) => differences) ?? []),
};

/** Findings are filtered as on the page. */
function findingTable({ answer }: RebaseView, params: RebaseParams, list: RebaseParams["list"]) {
  return csvTable(FINDING_COLUMNS, answer === undefined ? [] : filterFindings(listFindings(answer, list), params));
}

/** A complete table of the page of a rebase: `GET /lineage/rebase/findings.csv?image=A&from=B&to=C`, empty before it is judged. */
export const GET = orUnavailable(
  async (request: Request, { params }: { params: Promise<{ table: string }> }): Promise<Response> => {
    const { table } = await params;
    const toTable = findTable(TABLES, table);
    const names = rebaseAddress.parse(new URL(request.url).searchParams);
    if (toTable === undefined || names.image === "") notFound();
    const view = await orReason(loadRebase(names));
    if (view instanceof UsageError) notFound();
    return csvResponse(`rebase-${toTableName(table)}`, toTable(view, names));
  },
);
