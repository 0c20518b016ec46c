import { type Command, Option } from "commander";
import { findNode } from "#lib/analysis/find-node.ts";
import { findArtifact } from "#lib/db/queries/find-artifact.ts";
import type { NodeRow } from "#lib/db/queries/list-nodes.ts";
import { type ArtifactGraph, loadGraph } from "#lib/db/queries/load-graph.ts";
import { formatBytes } from "#lib/display/bytes.ts";
import { findReachable } from "#lib/graph/reachable.ts";
import { toArtifactId } from "#lib/model/artifact-id.ts";
import { GoneError } from "#lib/model/problem.ts";
import { parseCount } from "../option-values.ts";
import { type Terminal, writeJson, writeLine, writeTable } from "../terminal.ts";
import { askDatabase, type Workbench } from "../workbench.ts";

/** Rows a person is shown unless told otherwise. JSON has them all. */
const SHOWN_NODES = 30;

interface ClosureOptions {
  json?: boolean;
  root?: string;
  sort: "retained" | "closure" | "self";
  limit?: number;
}

export function addClosureCommand(program: Command, workbench: Workbench): void {
  program
    .command("closure")
    .argument("<artifact>", "name, repo:tag, digest, id, or a root's store path")
    .description("the nodes of an artifact with their sizes")
    .option("--root <node>", "only what this node reaches, itself included")
    .addOption(
      new Option("--sort <size>", "order, largest first").choices(["retained", "closure", "self"]).default("retained"),
    )
    .option("--limit <count>", "at most so many nodes", parseCount)
    .option("--json", "one JSON document on standard output")
    .addHelpText("after", "\nExample:\n  stratigraph closure nix-store: --root firefox-128.0 --sort self --limit 20")
    .action((name: string, options: ClosureOptions) => closure(workbench, name, options));
}

function closure({ terminal, signal }: Workbench, name: string, options: ClosureOptions): Promise<void> {
  return askDatabase(signal, async ({ pool }) => {
    const found = await findArtifact(pool, name);
    const loaded = await loadGraph(pool, found.id);
    if (loaded === undefined) throw new GoneError();
    const { nodes, total } = selectNodes(loaded, options.root);
    nodes.sort((a, b) => sizeOf(b, options.sort) - sizeOf(a, options.sort) || a.nodeIndex - b.nodeIndex);
    const limit = options.limit ?? (options.json ? nodes.length : SHOWN_NODES);
    const shown = nodes.slice(0, limit);
    if (options.json)
      writeJson(terminal, { artifact: toArtifactId(found.digest), nodes: shown.map(toNodeJson), total });
    else writeText(terminal, shown, total);
  });
}

interface Total {
  nodes: number;
  edges: number;
  bytes: number;
}

/** Every node, or those one node reaches, with what they come to. */
function selectNodes({ nodes, graph }: ArtifactGraph, root: string | undefined): { nodes: NodeRow[]; total: Total } {
  const reached = root === undefined ? undefined : findReachable(graph, [findNode(nodes, root).nodeIndex]);
  const selected = nodes.filter((node) => reached === undefined || reached[node.nodeIndex] === 1);
  const edges = selected.reduce(
    (sum, node) => sum + graph.offsets[node.nodeIndex + 1]! - graph.offsets[node.nodeIndex]!,
    0,
  );
  const bytes = selected.reduce((sum, node) => sum + node.selfSize, 0);
  return { nodes: selected, total: { nodes: selected.length, edges, bytes } };
}

function sizeOf(node: NodeRow, sort: ClosureOptions["sort"]): number {
  if (sort === "self") return node.selfSize;
  return sort === "closure" ? node.closureSize : node.retainedSize;
}

/** A node as every command prints it. Sizes in bytes. */
function toNodeJson(node: NodeRow) {
  const { nodeIndex: _, ...json } = node;
  return json;
}

function writeText(terminal: Terminal, shown: readonly NodeRow[], total: Total): void {
  const rows = shown.map((node) => [
    formatBytes(node.retainedSize),
    formatBytes(node.closureSize),
    formatBytes(node.selfSize),
    node.live ? "" : "dead",
    [node.name, node.version].filter((part) => part !== "").join(" "),
  ]);
  writeTable(terminal, { cells: [["retained", "closure", "self", "", "name"], ...rows], right: [0, 1, 2] });
  const cut = total.nodes - shown.length;
  if (cut > 0) writeLine(terminal, `… ${cut} more; --limit ${total.nodes} shows all`);
  writeLine(terminal, `${total.nodes} nodes, ${total.edges} edges, ${formatBytes(total.bytes)} (${total.bytes} bytes)`);
}
