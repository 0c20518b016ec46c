import { notFound } from "next/navigation";
import { cacheAddress } from "#components/cache-hits/cache-address.ts";
import { csvTable } from "#lib/exports/table.ts";
import { CACHE_PAIR_COLUMNS, CACHE_STEP_COLUMNS, HIT_COLUMNS } from "#lib/exports/tables/cache-hits.ts";
import type { CacheAnswer } from "#lib/model/cache-hits.ts";
import { UsageError } from "#lib/model/problem.ts";
import { loadCacheHits } from "#lib/views/whatif.ts";
import { csvResponse, findTable, toTableName } from "../../csv-response.ts";
import { orReason } from "../../or-reason.ts";
import { orUnavailable } from "../../or-unavailable.ts";

const TABLES = {
  hits: ({ hits }: CacheAnswer) => csvTable(HIT_COLUMNS, hits),
  steps: ({ pairs }: CacheAnswer) => csvTable(CACHE_STEP_COLUMNS, pairs[0]!.steps),
  line: ({ pairs }: CacheAnswer) => csvTable(CACHE_PAIR_COLUMNS, pairs),
};

/** A complete table of the page of cache hits: `GET /cache-hits/hits.csv?in=A,B,C`. */
export const GET = orUnavailable(
  async (request: Request, { params }: { params: Promise<{ table: string }> }): Promise<Response> => {
    const { table } = await params;
    const { in: names } = cacheAddress.parse(new URL(request.url).searchParams);
    const toTable = findTable(TABLES, table);
    if (toTable === undefined) notFound();
    const answer = await orReason(loadCacheHits(names));
    if (answer instanceof UsageError) notFound();
    return csvResponse(`cache-${toTableName(table)}`, toTable(answer));
  },
);
