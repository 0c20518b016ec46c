import { decodeSegment } from "#components/ui/search-params.ts";
import { exportNodes } from "#lib/views/exports.ts";
import { csvResponse } from "../../../csv-response.ts";
import { orUnavailable } from "../../../or-unavailable.ts";
import { namedPlainly } from "../../named.ts";

const HEADER = [
  "id",
  "kind",
  "name",
  "version",
  "selfSize",
  "closureSize",
  "retainedSize",
  "referenceCount",
  "referrerCount",
  "root",
  "live",
];

export const GET = orUnavailable(
  async (_request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> => {
    const { name, rows } = await namedPlainly(exportNodes(decodeSegment((await params).id)));
    const cells = rows.map((node) => [
      node.id,
      node.kind,
      node.name,
      node.version,
      node.selfSize,
      node.closureSize,
      node.retainedSize,
      node.referenceCount,
      node.referrerCount,
      node.root,
      node.live,
    ]);
    return csvResponse(`${name}-nodes`, HEADER, cells);
  },
);
