import { UNDECLARED_COLUMNS } from "#lib/exports/tables/needs.ts";
import { exportNeeds } from "#lib/views/needs.ts";
import { orUnavailable } from "../../../or-unavailable.ts";
import { artifactCsv } from "../../artifact-csv.ts";

export const GET = orUnavailable(artifactCsv("undeclared", exportNeeds("undeclared"), UNDECLARED_COLUMNS));
