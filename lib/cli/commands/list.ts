import type { Command } from "commander";
import type { Pool } from "pg";
import { answerArtifact } from "#lib/answers/artifacts.ts";
import { type ArtifactRow, listArtifacts } from "#lib/db/queries/list-artifacts.ts";
import { formatBytes } from "#lib/display/bytes.ts";
import { toArtifactId } from "#lib/model/artifact-id.ts";
import { GoneError } from "#lib/model/problem.ts";
import { say, writeJson, writeTable } from "../terminal.ts";
import { askDatabase, type Workbench } from "../workbench.ts";

const NO_LIMIT = 1_000_000;

export function addListCommand(program: Command, workbench: Workbench): void {
  program
    .command("list")
    .description("what is scanned, the newest first")
    .option("--json", "one JSON document on standard output")
    .addHelpText("after", "\nExample:\n  stratigraph list --json | jq -r '.artifacts[].name'")
    .action((options: { json?: boolean }) => list(workbench, options.json === true));
}

/** All its names; nothing stands for one that has moved on, and the id is there already. */
function formatNames({ names, nameCount }: ArtifactRow): string {
  if (nameCount === 0) return "–";
  const more = nameCount - names.length;
  return more === 0 ? names.join(", ") : `${names.join(", ")} and ${more} more`;
}

/** Nothing where the artifact was removed since it was listed. */
async function loadIfThere(pool: Pool, id: number) {
  try {
    return [await answerArtifact(pool, id)];
  } catch (error) {
    if (error instanceof GoneError) return [];
    throw error;
  }
}

function list({ terminal, signal }: Workbench, asJson: boolean): Promise<void> {
  return askDatabase(signal, async ({ pool }) => {
    const { rows } = await listArtifacts(pool, { limit: NO_LIMIT });
    if (asJson) {
      const artifacts = [];
      for (const row of rows) artifacts.push(...(await loadIfThere(pool, row.id)));
      return writeJson(terminal, { artifacts });
    }
    if (rows.length === 0) return say(terminal, "nothing is scanned yet: stratigraph scan docker-archive:image.tar");
    const cells = rows.map((row) => [
      toArtifactId(row.digest),
      row.kind,
      formatNames(row),
      formatBytes(row.kind === "image" ? row.layersContentSize : row.closureSize),
      row.kind === "image" ? `${row.layerCount} layers` : `${row.nodeCount} paths`,
      row.platform,
    ]);
    writeTable(terminal, { cells, right: [3, 4] });
  });
}
