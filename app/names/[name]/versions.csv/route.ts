import { notFound } from "next/navigation";
import { versionsAddress } from "#components/names/names-address.ts";
import { decodeSegment } from "#components/ui/search-params.ts";
import { csvTable } from "#lib/exports/table.ts";
import { versionColumns } from "#lib/exports/tables/versions.ts";
import { UsageError } from "#lib/model/problem.ts";
import { exportVersions } from "#lib/views/versions.ts";
import { csvResponse } from "../../../csv-response.ts";
import { orUnavailable } from "../../../or-unavailable.ts";

/** All versions of a name, the newest first. */
export const GET = orUnavailable(async (request: Request, { params }: { params: Promise<{ name: string }> }) => {
  const name = decodeSegment((await params).name);
  const { size: measure, order, of: series } = versionsAddress.parse(new URL(request.url).searchParams);
  const answer = await orMissing(exportVersions({ name, measure, order, series }));
  return csvResponse(`${name}-versions`, csvTable(versionColumns(answer.measure), answer.versions));
});

async function orMissing<Answer>(answer: Promise<Answer>): Promise<Answer> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof UsageError) notFound();
    throw error;
  }
}
