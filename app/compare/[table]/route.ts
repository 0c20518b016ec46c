import { notFound } from "next/navigation";
import { compareParams } from "#components/set/compare-params.ts";
import { DIFF_CSV } from "#lib/exports/tables/diff.ts";
import { OVERLAP_CSV } from "#lib/exports/tables/overlap.ts";
import { loadDiff, loadOverlap } from "#lib/views/answers.ts";
import { loadSetPage, MIN_SETS } from "#lib/views/set-page.ts";
import { csvResponse, findTable, toTableName } from "../../csv-response.ts";
import { orUnavailable } from "../../or-unavailable.ts";

const ALL = Number.POSITIVE_INFINITY;

/** A table of the compare page, whole: `GET /compare/components.csv?a=A&b=B`, `GET /compare/cells.csv?in=A,B,C&rung=file`. */
export const GET = orUnavailable(
  async (request: Request, { params }: { params: Promise<{ table: string }> }): Promise<Response> => {
    const { table } = await params;
    const query = compareParams.parse(toRecord(new URL(request.url).searchParams));
    const names = query.in.length > 0 ? query.in : [query.a, query.b].filter((name) => name !== undefined);
    const { artifacts: parts } = (await loadSetPage(names)).set;
    if (parts.length < MIN_SETS) notFound();
    const [toDiffTable, toOverlapTable] = [findTable(DIFF_CSV, table), findTable(OVERLAP_CSV, table)];
    if (toDiffTable !== undefined)
      return csvResponse(`diff-${toTableName(table)}`, toDiffTable(await loadDiff(parts[0]!, parts[1]!, ALL)));
    if (toOverlapTable === undefined) notFound();
    const answer = await loadOverlap({ parts, rung: query.rung, nameLimit: ALL });
    return csvResponse(`overlap-${toTableName(table)}`, toOverlapTable(answer));
  },
);

function toRecord(parameters: URLSearchParams): Record<string, string | string[]> {
  return Object.fromEntries(
    [...new Set(parameters.keys())].map((name) => {
      const values = parameters.getAll(name);
      return [name, values.length === 1 ? values[0]! : values];
    }),
  );
}
