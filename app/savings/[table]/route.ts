import { notFound } from "next/navigation";
import { nameArtifacts } from "#lib/display/artifact-names.ts";
import { loadSavings } from "#lib/views/answers.ts";
import { loadSetPage } from "#lib/views/set-page.ts";
import { csvResponse } from "../../csv-response.ts";
import { orUnavailable } from "../../or-unavailable.ts";
import { savingsParams } from "../savings-params.ts";

/** A table of the savings page, whole: `GET /savings/ladder.csv?in=A,B,C`, `GET /savings/marginal.csv?in=A,B,C`. */
export const GET = orUnavailable(
  async (request: Request, { params }: { params: Promise<{ table: string }> }): Promise<Response> => {
    const { table } = await params;
    const query = savingsParams.parse({ in: new URL(request.url).searchParams.getAll("in") });
    const { set } = await loadSetPage(query.in);
    if (set.artifacts.length === 0 || (table !== "ladder.csv" && table !== "marginal.csv")) notFound();
    const answer = await loadSavings(set.artifacts);
    if (table === "ladder.csv") {
      const disk = answer.rungs.map(({ rung, bytes, units, estimated }) => ["disk", rung, bytes, units, estimated]);
      const wire = answer.download.map(({ rung, bytes, estimated }) => ["download", rung, bytes, null, estimated]);
      return csvResponse("savings-ladder", ["ladder", "rung", "bytes", "units", "estimated"], [...disk, ...wire]);
    }
    const names = nameArtifacts(answer.artifacts);
    const rows = names.map((name, i) => [name, ...answer.rungs.map(({ marginal }) => marginal[i]!)]);
    return csvResponse("savings-marginal", ["artifact", ...answer.rungs.map(({ rung }) => rung)], rows);
  },
);
