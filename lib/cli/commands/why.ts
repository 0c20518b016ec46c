import type { Command } from "commander";
import type { NodeDetail } from "#lib/answers/graph/node-detail.ts";
import { answerWhy } from "#lib/answers/why.ts";
import type { NodeRow } from "#lib/db/queries/list-nodes.ts";
import { rootReasonWords } from "#lib/display/root-reason.ts";
import { toArtifactId } from "#lib/model/artifact-id.ts";
import { ARTIFACT, findOneArtifact, NODE } from "../artifact-set.ts";
import { addQuery } from "../query-command.ts";
import { type Terminal, writeLine } from "../terminal.ts";
import type { Workbench } from "../workbench.ts";

const SHOWN_PATHS = 5;
/** Maximum with `--all`: the number of paths grows exponentially. */
const MAX_PATHS = 1000;

interface WhyOptions {
  readonly from?: string;
  readonly all?: boolean;
}

export function addWhyCommand(program: Command, workbench: Workbench): void {
  const command = program
    .command("why")
    .argument("<artifact>", ARTIFACT)
    .argument("<node>", NODE)
    .description("the dependency paths from the roots to a node, the shortest first")
    .option("--from <node>", "paths from this node instead of the roots")
    .option("--all", `up to ${MAX_PATHS} paths instead of ${SHOWN_PATHS}`);
  const example = "why nginx:1.27 libssl3t64";
  addQuery(command, workbench, example, async ({ pool }, artifact: string, node: string, { from, all }: WhyOptions) => {
    const { id: artifactId, digest } = await findOneArtifact(pool, artifact);
    const limits = { limit: Number.POSITIVE_INFINITY, pathLimit: all ? MAX_PATHS : SHOWN_PATHS };
    const detail = await answerWhy(pool, { artifactId, node, from, ...limits });
    return {
      json: () => ({ artifact: toArtifactId(digest), ...toJson(detail) }),
      print: () => printText(workbench.terminal, detail),
    };
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

function printText(terminal: Terminal, { node, paths, morePaths, cycle }: NodeDetail): void {
  if (paths.length === 0) writeLine(terminal, `no path leads to ${node.id}`);
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
