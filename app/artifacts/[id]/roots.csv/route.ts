import { CLASS_COLUMNS, COUNTED_CLASS_COLUMNS } from "#lib/exports/tables/classes.ts";
import { exportClasses } from "#lib/views/roots.ts";
import { orUnavailable } from "../../../or-unavailable.ts";
import { artifactCsv } from "../../artifact-csv.ts";

export const GET = orUnavailable(
  artifactCsv("roots", exportClasses, (kind) => (kind === "sbom" ? COUNTED_CLASS_COLUMNS : CLASS_COLUMNS)),
);
