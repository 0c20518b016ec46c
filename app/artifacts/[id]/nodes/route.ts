import { notFound } from "next/navigation";
import { nodeAddress, toNodeFilter } from "#components/artifact/node-address.ts";
import { decodeSegment } from "#components/ui/search-params.ts";
import { UsageError } from "#lib/model/problem.ts";
import { loadNodes } from "#lib/views/artifact.ts";
import { jsonResponse } from "../../../json-response.ts";
import { orUnavailable } from "../../../or-unavailable.ts";
import { named } from "../../named.ts";

interface Context {
  readonly params: Promise<{ id: string }>;
}

/** A page of an artifact's nodes, from `row` on: `GET /artifacts/ID/nodes?row=1200&sort=self`. */
export const GET = orUnavailable(async (request: Request, { params }: Context): Promise<Response> => {
  const filter = toNodeFilter(nodeAddress.parse(new URL(request.url).searchParams));
  const list = await named(loadNodes(decodeSegment((await params).id), filter));
  if (list instanceof UsageError) notFound();
  return jsonResponse(list);
});
