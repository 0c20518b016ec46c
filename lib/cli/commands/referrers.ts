import type { Command } from "commander";
import { findNode } from "#lib/analysis/find-node.ts";
import { findArtifact } from "#lib/db/queries/find-artifact.ts";
import { listNodeEdges } from "#lib/db/queries/list-node-edges.ts";
import { loadGraph } from "#lib/db/queries/load-graph.ts";
import { toEvidenceName } from "#lib/display/evidence.ts";
import { reverse } from "#lib/graph/graph.ts";
import { toArtifactId } from "#lib/model/artifact-id.ts";
import type { Evidence } from "#lib/model/component.ts";
import { GoneError } from "#lib/model/problem.ts";
import { writeJson, writeLine, writeTable } from "../terminal.ts";
import { askDatabase, type Workbench } from "../workbench.ts";

export function addReferrersCommand(program: Command, workbench: Workbench): void {
  program
    .command("referrers")
    .argument("<artifact>", "name, repo:tag, digest, id, or a root's store path")
    .argument("<node>", "purl, package name, store path, or the part of it after the hash")
    .description("what refers to a node, and how that is known")
    .option("--json", "one JSON document on standard output")
    .addHelpText("after", "\nExample:\n  stratigraph referrers nginx:1.27 libc6 --json")
    .action((artifact: string, node: string, options: { json?: boolean }) => {
      return referrers(workbench, { artifact, node, asJson: options.json === true });
    });
}

interface Question {
  artifact: string;
  node: string;
  asJson: boolean;
}

function referrers({ terminal, signal }: Workbench, question: Question): Promise<void> {
  return askDatabase(signal, async ({ pool }) => {
    const found = await findArtifact(pool, question.artifact);
    const loaded = await loadGraph(pool, found.id);
    if (loaded === undefined) throw new GoneError();
    const { nodes, graph, evidence } = loaded;
    const node = findNode(nodes, question.node);
    const edges = await listNodeEdges(pool, found.id, [node.nodeIndex]);
    const incoming = reverse(graph);
    const rows = [];
    for (let slot = incoming.offsets[node.nodeIndex]!; slot < incoming.offsets[node.nodeIndex + 1]!; slot++) {
      const from = incoming.targets[slot]!;
      const { id, name, version } = nodes[from]!;
      const details = edges
        .filter((edge) => edge.from === from && edge.to === node.nodeIndex)
        .map((edge) => edge.detail);
      const known = evidence[graph.targets.indexOf(node.nodeIndex, graph.offsets[from]!)] as Evidence;
      rows.push({ id, name, version, evidence: toEvidenceName(known), details });
    }
    if (question.asJson)
      return writeJson(terminal, { artifact: toArtifactId(found.digest), node: node.id, referrers: rows });
    if (rows.length === 0) return writeLine(terminal, `nothing refers to ${node.id}`);
    writeTable(terminal, { cells: rows.map((row) => [row.name, row.version, row.evidence, row.details.join("; ")]) });
  });
}
