import type { Command } from "commander";
import { answerSuspects } from "#lib/answers/suspects.ts";
import { toTable } from "#lib/exports/table.ts";
import { COUNTED_SUSPECT_COLUMNS, SUSPECT_COLUMNS } from "#lib/exports/tables/suspects.ts";
import { toArtifactId } from "#lib/model/artifact-id.ts";
import type { NamedId, Suspect, SuspectsAnswer } from "#lib/model/suspect.ts";
import { ARTIFACT, findOneArtifact } from "../artifact-set.ts";
import { addQuery } from "../query-command.ts";
import { type Terminal, writeLine } from "../terminal.ts";
import type { Workbench } from "../workbench.ts";
import { writeTable } from "../write-table.ts";

export function addSuspectsCommand(program: Command, workbench: Workbench): void {
  const command = program
    .command("suspects")
    .argument("<artifact>", ARTIFACT)
    .description("what keeps a tenth of an artifact or more, alone or together, and through what");
  addQuery(command, workbench, "suspects nginx:1.27", async ({ pool }, name: string) => {
    const part = await findOneArtifact(pool, name);
    const answer = await answerSuspects(pool, part);
    return {
      json: () => ({ artifact: toArtifactId(part.digest), ...toJson(answer) }),
      print: () => printText(workbench.terminal, answer),
    };
  });
}

/** The sizes of an SBOM's components are not known: they are `null`, beside the numbers of components. */
function toJson({ suspects, total, unit }: SuspectsAnswer) {
  const sizes = (size: number) =>
    unit === "bytes" ? { retainedSize: size } : { retainedSize: null, retainedCount: size };
  const rows = suspects.map(
    ({ key: _, adds: __, retainedSize, accumulation, path, roots, family = null, ...suspect }) => ({
      ...suspect,
      family,
      ...sizes(retainedSize),
      accumulation: accumulation?.id ?? null,
      path: path.map(toNamed),
      roots: roots.map(toNamed),
    }),
  );
  return { suspects: rows, total: unit === "bytes" ? { bytes: total } : { bytes: null, components: total } };
}

function toNamed({ id, name }: NamedId) {
  return { id, name };
}

function printText(terminal: Terminal, { suspects, unit }: SuspectsAnswer): void {
  if (suspects.length === 0) {
    writeLine(terminal, "no suspects: nothing keeps a tenth or more, alone or with others of its name or kind");
    return;
  }
  const { name, share, accumulation, path } = SUSPECT_COLUMNS;
  const size = unit === "bytes" ? SUSPECT_COLUMNS.retainedSize : COUNTED_SUSPECT_COLUMNS.retainedCount;
  writeTable(terminal, toTable<Suspect>("", [size, share, name, accumulation, path], suspects));
}
