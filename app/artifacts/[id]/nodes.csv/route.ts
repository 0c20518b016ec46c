import { NODE_COLUMNS, SBOM_NODE_COLUMNS } from "#lib/exports/tables/closure.ts";
import { exportNodes } from "#lib/views/exports.ts";
import { orUnavailable } from "../../../or-unavailable.ts";
import { artifactCsv } from "../../artifact-csv.ts";

export const GET = orUnavailable(
  artifactCsv("nodes", exportNodes, (kind) => (kind === "sbom" ? SBOM_NODE_COLUMNS : NODE_COLUMNS)),
);
