import type { Command } from "commander";
import { findNode } from "#lib/analysis/find-node.ts";
import { findArtifact } from "#lib/db/queries/find-artifact.ts";
import type { NodeRow } from "#lib/db/queries/list-nodes.ts";
import { type ArtifactGraph, loadGraph } from "#lib/db/queries/load-graph.ts";
import { rootReasonWords } from "#lib/display/root-reason.ts";
import { findCycleMembers } from "#lib/graph/cycle-members.ts";
import { reverse } from "#lib/graph/graph.ts";
import { findPaths } from "#lib/graph/shortest-path.ts";
import { toArtifactId } from "#lib/model/artifact-id.ts";
import { GoneError } from "#lib/model/problem.ts";
import { type Terminal, writeJson, writeLine } from "../terminal.ts";
import { askDatabase, type Workbench } from "../workbench.ts";

/** Paths shown unless all are asked for, and the most that are: their number grows exponentially. */
const SHOWN_PATHS = 5;
const MAX_PATHS = 1000;

interface WhyOptions {
  json?: boolean;
  from?: string;
  all?: boolean;
}

export function addWhyCommand(program: Command, workbench: Workbench): void {
  program
    .command("why")
    .argument("<artifact>", "name, repo:tag, digest, id, or a root's store path")
    .argument("<node>", "purl, package name, store path, or the part of it after the hash")
    .description("why something is in there: the paths from the roots, the shortest first")
    .option("--from <node>", "paths from this node instead of the roots")
    .option("--all", `up to ${MAX_PATHS} paths instead of ${SHOWN_PATHS}`)
    .option("--json", "one JSON document on standard output")
    .addHelpText("after", "\nExample:\n  stratigraph why nginx:1.27 libssl3t64")
    .action((artifact: string, node: string, options: WhyOptions) => why(workbench, { artifact, node, ...options }));
}

function why(
  { terminal, signal }: Workbench,
  question: WhyOptions & { artifact: string; node: string },
): Promise<void> {
  return askDatabase(signal, async ({ pool }) => {
    const found = await findArtifact(pool, question.artifact);
    const loaded = await loadGraph(pool, found.id);
    if (loaded === undefined) throw new GoneError();
    const node = findNode(loaded.nodes, question.node);
    const starts = toStarts(loaded, question.from);
    const limit = question.all ? MAX_PATHS : SHOWN_PATHS;
    const { paths, truncated } = findPaths({ graph: loaded.graph, starts, target: node.nodeIndex, limit });
    const named = paths.map((path) => path.map((index) => loaded.nodes[index]!));
    const cycle = findCycleMembers(loaded.graph, reverse(loaded.graph), node.nodeIndex).map((i) => loaded.nodes[i]!);
    if (question.json) {
      const steps = named.map((path) => path.map(({ id, name }) => ({ id, name })));
      const needEachOther = cycle.map(({ id, name }) => ({ id, name }));
      writeJson(terminal, {
        artifact: toArtifactId(found.digest),
        node: node.id,
        paths: steps,
        truncated,
        needEachOther,
      });
    } else writeText(terminal, { node, paths: named, truncated, cycle });
  });
}

function toStarts({ nodes }: ArtifactGraph, from: string | undefined): number[] {
  if (from !== undefined) return [findNode(nodes, from).nodeIndex];
  return nodes.filter((node) => node.root).map((node) => node.nodeIndex);
}

interface Answer {
  node: NodeRow;
  paths: readonly (readonly NodeRow[])[];
  truncated: boolean;
  /** The other nodes of its dependency cycle. */
  cycle: readonly NodeRow[];
}

function writeText(terminal: Terminal, { node, paths, truncated, cycle }: Answer): void {
  if (paths.length === 0) writeLine(terminal, `nothing leads to ${node.id}`);
  for (const path of paths) {
    if (path.length === 1) writeLine(terminal, toRootLine(path[0]!));
    else writeLine(terminal, path.map(toLabel).join(" → "));
  }
  if (truncated) writeLine(terminal, "… and more; --all shows them");
  if (cycle.length > 0) writeLine(terminal, `${[node, ...cycle].map(toLabel).join(", ")} need each other`);
}

function toRootLine(node: NodeRow): string {
  const reason = rootReasonWords(node.rootReason);
  return `${toLabel(node)} is a root itself${reason === "" ? "" : `: ${reason}`}`;
}

function toLabel({ name, version }: NodeRow): string {
  return version === "" ? name : `${name} ${version}`;
}
