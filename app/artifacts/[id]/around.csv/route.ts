import { toFocusQuestion } from "#components/graph/focus/focus-address.ts";
import { graphParameters } from "#components/graph/graph-address.ts";
import { COUNTED_FOCUS_COLUMNS, FOCUS_COLUMNS } from "#lib/exports/tables/focus.ts";
import { exportFocus } from "#lib/views/focus.ts";
import { orUnavailable } from "../../../or-unavailable.ts";
import { artifactCsv } from "../../artifact-csv.ts";

/** What is around one node: the parameters are those of its page. */
export const GET = orUnavailable(
  artifactCsv(
    "around",
    (text, { url }) => exportFocus({ text, ...toFocusQuestion(graphParameters.parse(new URL(url).searchParams)) }),
    (kind) => (kind === "sbom" ? COUNTED_FOCUS_COLUMNS : FOCUS_COLUMNS),
  ),
);
