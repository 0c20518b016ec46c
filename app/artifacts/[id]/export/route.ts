import { notFound } from "next/navigation";
import { decodeSegment } from "#components/ui/search-params.ts";
import { toGraphExport } from "#lib/exports/graph/to-graph-export.ts";
import { GRAPH_FORMATS, toSpecVersion } from "#lib/model/graph-export.ts";
import { NotKnownError, UsageError } from "#lib/model/problem.ts";
import { exportGraph } from "#lib/views/exports.ts";
import { fileResponse } from "../../../csv-response.ts";
import { orUnavailable } from "../../../or-unavailable.ts";
import { named } from "../../named.ts";

interface Context {
  readonly params: Promise<{ id: string }>;
}

/** The graph as a file for other tools: `GET /artifacts/ID/export?format=cyclonedx&spec=1.7`. */
export const GET = orUnavailable(async ({ url }: Request, { params }: Context): Promise<Response> => {
  const { searchParams } = new URL(url);
  const format = GRAPH_FORMATS.find((each) => each === searchParams.get("format"));
  const spec = format === undefined ? undefined : toSpecVersion(format, searchParams.get("spec") ?? undefined);
  if (format === undefined || spec === undefined) notFound();
  const answer = await named(exportGraph(decodeSegment((await params).id)));
  if (answer instanceof NotKnownError) return new Response(`${answer.message}\n`, { status: 409 });
  if (answer instanceof UsageError) notFound();
  const { pieces, mediaType, extension } = toGraphExport(answer, format, spec);
  return fileResponse(`${answer.artifact.name}.${extension}`, mediaType, pieces);
});
