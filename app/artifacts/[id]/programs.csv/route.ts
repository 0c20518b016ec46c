import { PROGRAM_COLUMNS } from "#lib/exports/tables/programs.ts";
import { exportPrograms } from "#lib/views/why.ts";
import { orUnavailable } from "../../../or-unavailable.ts";
import { artifactCsv } from "../../artifact-csv.ts";

/** What the programs of one node need: `GET /artifacts/ID/programs.csv?node=NODE`. */
export const GET = orUnavailable(
  artifactCsv(
    "programs",
    (text, request) => exportPrograms(text, new URL(request.url).searchParams.get("node") ?? ""),
    PROGRAM_COLUMNS,
  ),
);
