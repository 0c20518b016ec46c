import { notFound } from "next/navigation";
import { diffAddress, overlapAddress } from "#components/set/set-address.ts";
import { DIFF_CSV } from "#lib/exports/tables/diff.ts";
import { OVERLAP_CSV } from "#lib/exports/tables/overlap.ts";
import { loadDiff, loadOverlap } from "#lib/views/answers.ts";
import { loadSetPage, MIN_SETS } from "#lib/views/set-page.ts";
import { csvResponse, findTable, toTableName } from "../../csv-response.ts";
import { orUnavailable } from "../../or-unavailable.ts";

const ALL = Number.POSITIVE_INFINITY;

/** A complete table of the compare page: `GET /compare/components.csv?a=A&b=B`, `GET /compare/cells.csv?in=A,B,C&rung=file`. */
export const GET = orUnavailable(
  async (request: Request, { params }: { params: Promise<{ table: string }> }): Promise<Response> => {
    const { table } = await params;
    const { searchParams } = new URL(request.url);
    const { in: listed, rung } = overlapAddress.parse(searchParams);
    const { a, b } = diffAddress.parse(searchParams);
    const names = listed.length > 0 ? listed : [a, b].filter((name) => name !== undefined);
    const { artifacts: parts } = (await loadSetPage(names)).set;
    if (parts.length < MIN_SETS) notFound();
    const [toDiffTable, toOverlapTable] = [findTable(DIFF_CSV, table), findTable(OVERLAP_CSV, table)];
    if (toDiffTable !== undefined)
      return csvResponse(`diff-${toTableName(table)}`, toDiffTable(await loadDiff(parts[0]!, parts[1]!, ALL)));
    if (toOverlapTable === undefined) notFound();
    const answer = await loadOverlap({ parts, rung, nameLimit: ALL });
    return csvResponse(`overlap-${toTableName(table)}`, toOverlapTable(answer));
  },
);
