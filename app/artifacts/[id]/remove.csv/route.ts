import { removeAddress } from "#components/remove/remove-address.ts";
import { ADVICE_COLUMNS } from "#lib/exports/tables/advice.ts";
import { exportAdvice } from "#lib/views/remove.ts";
import { orUnavailable } from "../../../or-unavailable.ts";
import { artifactCsv } from "../../artifact-csv.ts";

/** The classes with something to remove: `?keep=`, as on the page. */
export const GET = orUnavailable(
  artifactCsv(
    "remove",
    (text, { url }) => exportAdvice(text, removeAddress.parse(new URL(url).searchParams).keep),
    ADVICE_COLUMNS,
  ),
);
