import { COUNTED_SUSPECT_COLUMNS, SUSPECT_COLUMNS } from "#lib/exports/tables/suspects.ts";
import { exportSuspects } from "#lib/views/remove.ts";
import { orUnavailable } from "../../../or-unavailable.ts";
import { artifactCsv } from "../../artifact-csv.ts";

export const GET = orUnavailable(
  artifactCsv("suspects", exportSuspects, (kind) => (kind === "sbom" ? COUNTED_SUSPECT_COLUMNS : SUSPECT_COLUMNS)),
);
