import { decodeSegment } from "#components/ui/search-params.ts";
import { exportLayers } from "#lib/views/exports.ts";
import { csvResponse } from "../../../csv-response.ts";
import { orUnavailable } from "../../../or-unavailable.ts";
import { namedPlainly } from "../../named.ts";

const HEADER = [
  "position",
  "diffId",
  "chainId",
  "digest",
  "mediaType",
  "createdBy",
  "contentSize",
  "wastedSize",
  "downloadSize",
  "tarSize",
  "entryCount",
  "imageCount",
];

export const GET = orUnavailable(
  async (_request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> => {
    const { name, rows } = await namedPlainly(exportLayers(decodeSegment((await params).id)));
    const cells = rows.map((layer) => [
      layer.position,
      layer.diffId,
      layer.chainId,
      layer.digest,
      layer.mediaType,
      layer.createdBy,
      layer.contentSize,
      layer.wastedSize,
      layer.downloadSize ?? null,
      layer.tarSize,
      layer.entryCount,
      layer.imageCount,
    ]);
    return csvResponse(`${name}-layers`, HEADER, cells);
  },
);
