import { notFound } from "next/navigation";
import { type RelayerParams, relayerAddress } from "#components/relayer/relayer-address.ts";
import { csvTable } from "#lib/exports/table.ts";
import {
  HELD_LAYER_COLUMNS,
  listHeldLayers,
  listRelayerRungs,
  RELAYER_RUNG_COLUMNS,
  RELAYER_UPDATE_COLUMNS,
  RELAYERED_IMAGE_COLUMNS,
} from "#lib/exports/tables/relayer.ts";
import { UsageError } from "#lib/model/problem.ts";
import { loadRelayer, type RelayerView } from "#lib/views/relayer.ts";
import { csvResponse, findTable, toTableName } from "../../../csv-response.ts";
import { orReason } from "../../../or-reason.ts";
import { orUnavailable } from "../../../or-unavailable.ts";

const { written: _, ...IMAGE_COLUMNS } = RELAYERED_IMAGE_COLUMNS;

const TABLES = {
  ladder: ({ answer }: RelayerView) =>
    csvTable(RELAYER_RUNG_COLUMNS, answer === undefined ? [] : listRelayerRungs(answer)),
  images: ({ answer }: RelayerView) => csvTable(IMAGE_COLUMNS, answer?.images ?? []),
  layers: ({ answer }: RelayerView, { show }: RelayerParams) =>
    csvTable(
      HELD_LAYER_COLUMNS,
      answer === undefined ? [] : listHeldLayers(answer, show === "shared" && answer.images.length > 1),
    ),
  updates: ({ answer }: RelayerView) => csvTable(RELAYER_UPDATE_COLUMNS, answer?.updates ?? []),
};

/** A table of the page of a relayering: `GET /lineage/relayer/layers.csv?image=A,B`, empty before the images are cut. */
export const GET = orUnavailable(
  async (request: Request, { params }: { params: Promise<{ table: string }> }): Promise<Response> => {
    const { table } = await params;
    const toTable = findTable(TABLES, table);
    const question = relayerAddress.parse(new URL(request.url).searchParams);
    if (toTable === undefined || question.image.length === 0) notFound();
    const view = await orReason(loadRelayer(question));
    if (view instanceof UsageError) notFound();
    return csvResponse(`relayer-${toTableName(table)}`, toTable(view, question));
  },
);
