import type { Command } from "commander";
import { answerExport } from "#lib/answers/export.ts";
import { toGraphExport } from "#lib/exports/graph/to-graph-export.ts";
import { toArtifactId } from "#lib/model/artifact-id.ts";
import { GRAPH_FORMATS, type GraphFormat, SPEC_VERSIONS, toSpecVersion } from "#lib/model/graph-export.ts";
import { UsageError } from "#lib/model/problem.ts";
import { ARTIFACT, findOneArtifact } from "../artifact-set.ts";
import { choiceOption } from "../option-values.ts";
import type { JsonOption } from "../query-command.ts";
import { writeJson, writePieces } from "../terminal.ts";
import { askDatabase, type Workbench } from "../workbench.ts";
import { writeFileWhole } from "../write-file-whole.ts";

interface ExportOptions extends JsonOption {
  readonly format: GraphFormat;
  readonly spec?: string;
  readonly output?: string;
}

export function addExportCommand(program: Command, workbench: Workbench): void {
  program
    .command("export")
    .argument("<artifact>", ARTIFACT)
    .description("the graph of an artifact as a file for other tools: an SBOM, a drawing, or a table of its edges")
    .addOption(choiceOption("--format <format>", GRAPH_FORMATS.join(", "), GRAPH_FORMATS).makeOptionMandatory())
    .option("--spec <version>", "version of the format: CycloneDX 1.6 (default) or 1.7, SPDX 2.3")
    .option("-o, --output <file>", "file to write (default: standard output)")
    .option("--json", "with -o: what was written, as one JSON document on standard output")
    .addHelpText("after", "\nExample:\n  stratigraph export nginx:1.27 --format cyclonedx -o nginx.cdx.json")
    .action((name: string, options: ExportOptions) => exportGraph(workbench, name, options));
}

function exportGraph(workbench: Workbench, name: string, options: ExportOptions): Promise<void> {
  const { format, output, json } = options;
  const spec = checkSpec(options);
  if (json && output === undefined) throw new UsageError("--json says what was written to a file: pass -o FILE");
  const { terminal, signal } = workbench;
  return askDatabase(signal, async ({ pool }) => {
    const { id, digest } = await findOneArtifact(pool, name);
    const answer = await answerExport(pool, id);
    const { pieces } = toGraphExport(answer, format, spec);
    if (output === undefined) await writePieces(terminal, pieces, signal);
    else await writeFileWhole(output, pieces, signal);
    const counts = { nodes: answer.nodes.length, edges: answer.artifact.edgeCount };
    if (json) writeJson(terminal, { artifact: toArtifactId(digest), format, spec: spec || null, output, ...counts });
  });
}

function checkSpec({ format, spec }: ExportOptions): string {
  const version = toSpecVersion(format, spec);
  if (version !== undefined) return version;
  const known = SPEC_VERSIONS[format];
  const expected = known.length === 0 ? "this format has no versions" : `expected ${known.join(" or ")}`;
  throw new UsageError(`--spec ${spec} with --format ${format}: ${expected}`);
}
