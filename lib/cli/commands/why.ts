import type { Command } from "commander";
import type { NodeDetail } from "#lib/answers/graph/node-detail.ts";
import { answerWhy } from "#lib/answers/why.ts";
import type { NodeRow } from "#lib/db/queries/list-nodes.ts";
import { rootReasonWords } from "#lib/display/root-reason.ts";
import { toArtifactId } from "#lib/model/artifact-id.ts";
import { findOneArtifact } from "../artifact-set.ts";
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
  { artifact, node, from, all, json }: WhyOptions & { artifact: string; node: string },
): Promise<void> {
  return askDatabase(signal, async ({ pool }) => {
    const { id, digest } = await findOneArtifact(pool, artifact);
    const pathLimit = all ? MAX_PATHS : SHOWN_PATHS;
    const detail = await answerWhy(pool, { artifactId: id, node, from, limit: Number.POSITIVE_INFINITY, pathLimit });
    if (json) writeJson(terminal, { artifact: toArtifactId(digest), ...toJson(detail) });
    else writeText(terminal, detail);
  });
}

function toJson({ node, paths, morePaths, cycle }: NodeDetail) {
  const toNamed = ({ node: { id, name } }: { node: NodeRow }) => ({ id, name });
  return {
    node: node.id,
    paths: paths.map((path) => path.map(toNamed)),
    truncated: morePaths,
    needEachOther: cycle.rows.map(toNamed),
  };
}

function writeText(terminal: Terminal, { node, paths, morePaths, cycle }: NodeDetail): void {
  if (paths.length === 0) writeLine(terminal, `nothing leads to ${node.id}`);
  for (const path of paths) {
    if (path.length === 1) writeLine(terminal, toRootLine(path[0]!.node));
    else writeLine(terminal, path.map(({ node: step }) => toLabel(step)).join(" → "));
  }
  if (morePaths) writeLine(terminal, "… and more; --all shows them");
  const members = [node, ...cycle.rows.map((row) => row.node)];
  if (members.length > 1) writeLine(terminal, `${members.map(toLabel).join(", ")} need each other`);
}

function toRootLine(node: NodeRow): string {
  const reason = rootReasonWords(node.rootReason);
  return `${toLabel(node)} is a root itself${reason === "" ? "" : `: ${reason}`}`;
}

function toLabel({ name, version }: NodeRow): string {
  return version === "" ? name : `${name} ${version}`;
}
