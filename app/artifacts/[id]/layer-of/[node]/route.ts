import { notFound } from "next/navigation";
import { decodeSegment } from "#components/ui/search-params.ts";
import { layerPath } from "#lib/display/paths.ts";
import { UsageError } from "#lib/model/problem.ts";
import { findNodeLayer } from "#lib/views/node-layer.ts";
import { orUnavailable } from "../../../../or-unavailable.ts";
import { named } from "../../../named.ts";

interface Context {
  readonly params: Promise<{ id: string; node: string }>;
}

/** Leads to the layer that has most of a node's files: `GET /artifacts/ID/layer-of/NODE`. */
export const GET = orUnavailable(async (_request: Request, { params }: Context): Promise<Response> => {
  const { id, node } = await params;
  const found = await named(findNodeLayer(decodeSegment(id), decodeSegment(node)));
  if (found instanceof UsageError) notFound();
  // Relative: behind a proxy the server does not know its own address.
  return new Response(null, { status: 307, headers: { Location: layerPath(found.digest, found.layer) } });
});
