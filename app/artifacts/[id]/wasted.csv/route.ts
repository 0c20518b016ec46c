import { decodeSegment } from "#components/ui/search-params.ts";
import { exportWasted } from "#lib/views/exports.ts";
import { csvResponse } from "../../../csv-response.ts";
import { orUnavailable } from "../../../or-unavailable.ts";
import { namedPlainly } from "../../named.ts";

const HEADER = ["path", "bytes", "layer", "hiddenBy"];

export const GET = orUnavailable(
  async (_request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> => {
    const { name, rows } = await namedPlainly(exportWasted(decodeSegment((await params).id)));
    const cells = rows.map(({ path, byteCount, layer, hiddenBy }) => [path, byteCount, layer, hiddenBy]);
    return csvResponse(`${name}-wasted`, HEADER, cells);
  },
);
