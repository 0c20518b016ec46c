import { ADVICE_COLUMNS } from "#lib/exports/tables/advice.ts";
import { exportAdvice } from "#lib/views/remove.ts";
import { orUnavailable } from "../../../or-unavailable.ts";
import { artifactCsv } from "../../artifact-csv.ts";

export const GET = orUnavailable(artifactCsv("remove", exportAdvice, ADVICE_COLUMNS));
