import { notFound } from "next/navigation";
import { rebaseAddress } from "#components/rebase/rebase-address.ts";
import { csvTable } from "#lib/exports/table.ts";
import { FINDING_COLUMNS, listFindings, REBASED_LAYER_COLUMNS } from "#lib/exports/tables/rebase.ts";
import { PULL_COLUMNS } from "#lib/exports/tables/rebase-pulls.ts";
import { UsageError } from "#lib/model/problem.ts";
import { loadRebase, type RebaseView } from "#lib/views/rebase.ts";
import { csvResponse, findTable, toTableName } from "../../../csv-response.ts";
import { orReason } from "../../../or-reason.ts";
import { orUnavailable } from "../../../or-unavailable.ts";

const TABLES = {
  pulls: ({ pulls }: RebaseView) => csvTable(PULL_COLUMNS, pulls),
  findings: ({ answer }: RebaseView) => csvTable(FINDING_COLUMNS, answer === undefined ? [] : listFindings(answer)),
  before: ({ answer }: RebaseView) =>
    csvTable(FINDING_COLUMNS, answer === undefined ? [] : listFindings(answer, "before")),
  layers: ({ answer }: RebaseView) => csvTable(REBASED_LAYER_COLUMNS, answer?.layers ?? []),
};

/** A complete table of the page of a rebase: `GET /lineage/rebase/findings.csv?image=A&from=B&to=C`, empty before it is judged. */
export const GET = orUnavailable(
  async (request: Request, { params }: { params: Promise<{ table: string }> }): Promise<Response> => {
    const { table } = await params;
    const toTable = findTable(TABLES, table);
    const names = rebaseAddress.parse(new URL(request.url).searchParams);
    if (toTable === undefined || names.image === "") notFound();
    const view = await orReason(loadRebase(names));
    if (view instanceof UsageError) notFound();
    return csvResponse(`rebase-${toTableName(table)}`, toTable(view));
  },
);
