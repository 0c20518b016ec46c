import { retainedAddress } from "#components/retained/retained-address.ts";
import { COUNTED_KEPT_COLUMNS, KEPT_COLUMNS } from "#lib/exports/tables/retained.ts";
import { exportRetained } from "#lib/views/retained.ts";
import { orUnavailable } from "../../../or-unavailable.ts";
import { artifactCsv } from "../../artifact-csv.ts";

/** Everything that a node keeps: `?node=`, as on the page. */
export const GET = orUnavailable(
  artifactCsv(
    "retained",
    (text, { url }) => exportRetained(text, retainedAddress.parse(new URL(url).searchParams).node),
    (kind) => (kind === "sbom" ? COUNTED_KEPT_COLUMNS : KEPT_COLUMNS),
  ),
);
