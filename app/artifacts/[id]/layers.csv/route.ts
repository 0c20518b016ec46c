import { LAYER_COLUMNS } from "#lib/exports/tables/closure.ts";
import { exportLayers } from "#lib/views/exports.ts";
import { orUnavailable } from "../../../or-unavailable.ts";
import { artifactCsv } from "../../artifact-csv.ts";

export const GET = orUnavailable(artifactCsv("layers", exportLayers, LAYER_COLUMNS));
