import { LAYER_FILE_COLUMNS } from "#lib/exports/tables/layer.ts";
import { exportLayerFiles } from "#lib/views/layer.ts";
import { orUnavailable } from "../../../../../or-unavailable.ts";
import { artifactCsv } from "../../../../artifact-csv.ts";
import { parsePosition } from "../position.ts";

interface Context {
  readonly params: Promise<{ id: string; n: string }>;
}

/** Every path of a layer: `GET /artifacts/ID/layers/N/files.csv`. */
export const GET = orUnavailable(async (request: Request, { params }: Context): Promise<Response> => {
  const position = parsePosition((await params).n);
  const respond = artifactCsv(`layer-${position}`, (text) => exportLayerFiles(text, position), LAYER_FILE_COLUMNS);
  return respond(request, { params });
});
