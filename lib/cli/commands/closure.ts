import type { Command } from "commander";
import { answerNodes, type NodeSize, type NodesAnswer } from "#lib/answers/closure.ts";
import type { NodeRow } from "#lib/db/queries/list-nodes.ts";
import { formatCounted, formatSize } from "#lib/display/bytes.ts";
import { type Column, toTable } from "#lib/exports/table.ts";
import { COUNT_COLUMNS, NODE_COLUMNS, SIGNATURE } from "#lib/exports/tables/closure.ts";
import { toArtifactId } from "#lib/model/artifact-id.ts";
import { ARTIFACT, findOneArtifact } from "../artifact-set.ts";
import { ALL_ROWS, choiceOption, limitOption } from "../option-values.ts";
import { addQuery, type JsonOption } from "../query-command.ts";
import { type Terminal, writeLine } from "../terminal.ts";
import type { Workbench } from "../workbench.ts";
import { writeTable } from "../write-table.ts";

/** Rows of the text output. */
const SHOWN_NODES = 30;

interface ClosureOptions extends JsonOption {
  readonly root?: string;
  readonly sort: NodeSize;
  readonly limit?: number;
}

export function addClosureCommand(program: Command, workbench: Workbench): void {
  const command = program
    .command("closure")
    .argument("<artifact>", ARTIFACT)
    .description("the nodes of an artifact with their sizes")
    .option("--root <node>", "only the closure of this node")
    .addOption(
      choiceOption("--sort <size>", "order, largest first", ["retained", "closure", "self"]).default("retained"),
    )
    .addOption(limitOption(SHOWN_NODES));
  const example = "closure nix-store: --root firefox-128.0 --sort self --limit 20";
  addQuery(command, workbench, example, async ({ pool }, name: string, options: ClosureOptions) => {
    const { id, digest } = await findOneArtifact(pool, name);
    const { root, sort, limit = options.json ? ALL_ROWS : SHOWN_NODES } = options;
    const answer = await answerNodes(pool, { artifactId: id, root, sort, limit });
    return {
      json: () => ({ artifact: toArtifactId(digest), ...toJson(answer) }),
      print: () => printText(workbench.terminal, answer),
    };
  });
}

/** The sizes of an SBOM's components are not known: they are `null`, beside the numbers of components. */
function toJson({ nodes, total, unit }: NodesAnswer) {
  if (unit === "bytes") return { nodes: nodes.map(({ nodeIndex: _, ...node }) => node), total };
  return { nodes: nodes.map(toCounted), total: { ...total, bytes: null } };
}

function toCounted({ nodeIndex: _, closureSize: closureCount, retainedSize: retainedCount, ...node }: NodeRow) {
  return { ...node, selfSize: null, closureSize: null, retainedSize: null, closureCount, retainedCount };
}

function printText(terminal: Terminal, { nodes, total, unit }: NodesAnswer): void {
  const { retainedSize, closureSize, selfSize, live, name, version } = NODE_COLUMNS;
  const state = nodes.every((node) => node.live) ? [] : [live];
  const { retainedCount, closureCount } = COUNT_COLUMNS;
  const sizes = unit === "bytes" ? [retainedSize, closureSize, selfSize] : [retainedCount, closureCount];
  const signed = nodes.some(({ signature }) => signature !== undefined) ? [SIGNATURE] : [];
  const columns: Column<NodeRow>[] = [...sizes, ...state, name, version, ...signed];
  writeTable(terminal, toTable("", columns, nodes, total.nodes));
  const counts = `${formatCounted(total.nodes, "node")}, ${formatCounted(total.edges, "edge")}`;
  writeLine(terminal, `${counts}, ${unit === "bytes" ? formatSize(total.bytes) : "sizes not known"}`);
}
