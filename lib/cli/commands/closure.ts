import type { Command } from "commander";
import { answerNodes, type NodeSize, type NodesAnswer } from "#lib/answers/closure.ts";
import type { NodeRow } from "#lib/db/queries/list-nodes.ts";
import { formatBytes } from "#lib/display/bytes.ts";
import { toArtifactId } from "#lib/model/artifact-id.ts";
import { findOneArtifact } from "../artifact-set.ts";
import { choiceOption, parseCount } from "../option-values.ts";
import { type Terminal, writeCut, writeJson, writeLine, writeTable } from "../terminal.ts";
import { askDatabase, type Workbench } from "../workbench.ts";

/** Rows printed by default. JSON has them all. */
const SHOWN_NODES = 30;
/** The most that Postgres takes for a LIMIT of 32 bits. */
const EVERY_NODE = 2 ** 31 - 1;

interface ClosureOptions {
  json?: boolean;
  root?: string;
  sort: NodeSize;
  limit?: number;
}

export function addClosureCommand(program: Command, workbench: Workbench): void {
  program
    .command("closure")
    .argument("<artifact>", "name, repo:tag, digest, id, or a root's store path")
    .description("the nodes of an artifact with their sizes")
    .option("--root <node>", "only what this node reaches, itself included")
    .addOption(
      choiceOption("--sort <size>", "order, largest first", ["retained", "closure", "self"]).default("retained"),
    )
    .option("--limit <count>", "at most so many nodes", parseCount)
    .option("--json", "one JSON document on standard output")
    .addHelpText("after", "\nExample:\n  stratigraph closure nix-store: --root firefox-128.0 --sort self --limit 20")
    .action((name: string, options: ClosureOptions) => closure(workbench, name, options));
}

function closure({ terminal, signal }: Workbench, name: string, options: ClosureOptions): Promise<void> {
  return askDatabase(signal, async ({ pool }) => {
    const { id, digest } = await findOneArtifact(pool, name);
    const { root, sort, limit = options.json ? EVERY_NODE : SHOWN_NODES } = options;
    const { nodes, total } = await answerNodes(pool, { artifactId: id, root, sort, limit });
    if (options.json) writeJson(terminal, { artifact: toArtifactId(digest), nodes: nodes.map(toNodeJson), total });
    else writeText(terminal, nodes, total);
  });
}

/** A node as every command prints it. Sizes in bytes. */
function toNodeJson(node: NodeRow) {
  const { nodeIndex: _, ...json } = node;
  return json;
}

function writeText(terminal: Terminal, shown: readonly NodeRow[], total: NodesAnswer["total"]): void {
  const rows = shown.map((node) => [
    formatBytes(node.retainedSize),
    formatBytes(node.closureSize),
    formatBytes(node.selfSize),
    node.live ? "" : "dead",
    [node.name, node.version].filter((part) => part !== "").join(" "),
  ]);
  writeTable(terminal, { cells: [["retained", "closure", "self", "", "name"], ...rows], right: [0, 1, 2] });
  writeCut(terminal, total.nodes, shown.length);
  writeLine(terminal, `${total.nodes} nodes, ${total.edges} edges, ${formatBytes(total.bytes)} (${total.bytes} bytes)`);
}
