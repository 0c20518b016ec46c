import { UNOWNED_COLUMNS } from "#lib/exports/tables/unowned.ts";
import { exportUnowned } from "#lib/views/exports.ts";
import { orUnavailable } from "../../../or-unavailable.ts";
import { artifactCsv } from "../../artifact-csv.ts";

export const GET = orUnavailable(artifactCsv("unowned", exportUnowned, UNOWNED_COLUMNS));
