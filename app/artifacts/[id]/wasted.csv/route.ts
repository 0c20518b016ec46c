import { WASTE_COLUMNS } from "#lib/exports/tables/closure.ts";
import { exportWasted } from "#lib/views/exports.ts";
import { orUnavailable } from "../../../or-unavailable.ts";
import { artifactCsv } from "../../artifact-csv.ts";

export const GET = orUnavailable(artifactCsv("wasted", exportWasted, WASTE_COLUMNS));
