import type { Command } from "commander";
import { answerCuts, type CutsAnswer } from "#lib/answers/cuts.ts";
import { answerWhy, type WhyAnswer } from "#lib/answers/why.ts";
import type { NodeRow } from "#lib/db/queries/list-nodes.ts";
import { formatCounted } from "#lib/display/bytes.ts";
import { cutWords, freedWords, pathCountWords } from "#lib/display/path-words.ts";
import { rootReasonWords } from "#lib/display/root-reason.ts";
import { toTable } from "#lib/exports/table.ts";
import { CUT_EDGE_COLUMNS } from "#lib/exports/tables/cuts.ts";
import { toArtifactId } from "#lib/model/artifact-id.ts";
import type { CutEdge } from "#lib/model/edge-cut.ts";
import type { NamedId } from "#lib/model/suspect.ts";
import { ARTIFACT, findOneArtifact, NODE } from "../artifact-set.ts";
import { addQuery } from "../query-command.ts";
import { type Terminal, writeLine } from "../terminal.ts";
import type { Workbench } from "../workbench.ts";
import { writeTable } from "../write-table.ts";

const SHOWN_PATHS = 5;
/** Edges of a cut in the text output. */
const SHOWN_EDGES = 20;
/** Maximum with `--all`: the number of paths grows exponentially. */
const MAX_PATHS = 1000;

interface WhyOptions {
  readonly from?: string;
  readonly all?: boolean;
  readonly cut?: boolean;
}

export function addWhyCommand(program: Command, workbench: Workbench): void {
  const command = program
    .command("why")
    .argument("<artifact>", ARTIFACT)
    .argument("<node>", NODE)
    .description("the dependency paths from the roots to a node, the shortest first")
    .option("--from <node>", "paths from this node instead of the roots")
    .option("--all", `up to ${MAX_PATHS} paths instead of ${SHOWN_PATHS}`)
    .option("--cut", "instead of paths, the fewest edges that keep the node, and what removing them frees");
  const example = "why nginx:1.27 libssl3t64";
  addQuery(
    command,
    workbench,
    example,
    async ({ pool }, artifact: string, node: string, { from, all, cut }: WhyOptions) => {
      const { id: artifactId, digest } = await findOneArtifact(pool, artifact);
      if (cut) {
        const cuts = await answerCuts(pool, { artifactId, node, from, edgeLimit: Number.POSITIVE_INFINITY });
        return {
          json: () => ({ artifact: toArtifactId(digest), ...toCutsJson(cuts) }),
          print: () => printCuts(workbench.terminal, { answer: cuts, all: all === true }),
        };
      }
      const limits = { limit: Number.POSITIVE_INFINITY, pathLimit: all ? MAX_PATHS : SHOWN_PATHS };
      const detail = await answerWhy(pool, { artifactId, node, from, ...limits });
      return {
        json: () => ({ artifact: toArtifactId(digest), ...toJson(detail) }),
        print: () => printText(workbench.terminal, detail),
      };
    },
  );
}

function toJson({ node, paths, morePaths, pathCount, cycle }: WhyAnswer) {
  const toNamed = ({ node: { id, name } }: { node: NodeRow }) => ({ id, name });
  return {
    node: node.id,
    paths: paths.map((path) => path.map(toNamed)),
    truncated: morePaths,
    pathCount: pathCount.count,
    pathCountExact: pathCount.exact,
    needEachOther: cycle.rows.map(toNamed),
  };
}

function printText(terminal: Terminal, { node, paths, morePaths, pathCount, cycle }: WhyAnswer): void {
  if (paths.length === 0) writeLine(terminal, `no path leads to ${node.id}`);
  for (const path of paths) {
    if (path.length === 1) writeLine(terminal, toRootLine(path[0]!.node));
    else writeLine(terminal, path.map(({ node: step }) => toLabel(step)).join(" → "));
  }
  if (morePaths) writeLine(terminal, `… of ${pathCountWords(pathCount)}; --all shows up to ${MAX_PATHS}`);
  const members = [node, ...cycle.rows.map((row) => row.node)];
  if (members.length > 1) writeLine(terminal, `${members.map(toLabel).join(", ")} need each other`);
}

/** The sizes of an SBOM's components are not known: they are `null`, beside the numbers of components. */
function toCutsJson({ node, isStart, size, cuts, more, unit }: CutsAnswer) {
  const toNamed = ({ id, name }: NamedId) => ({ id, name });
  return {
    node: node.id,
    isRoot: isStart,
    size,
    cuts: cuts.map(({ edges, frees, freedNodes }) => ({
      edges: edges.map(({ from, to, evidence }) => ({ from: toNamed(from), to: toNamed(to), evidence })),
      frees: unit === "bytes" ? frees : null,
      freedNodes,
    })),
    truncated: more,
  };
}

/** Cuts in between differ little: there are at most eight, and the JSON has them. */
function printCuts(terminal: Terminal, { answer, all }: { answer: CutsAnswer; all: boolean }): void {
  const { node, isStart, size, cuts, unit } = answer;
  if (isStart) writeLine(terminal, `${toRootLine(node)}; no edge keeps it`);
  else if (size === 0) writeLine(terminal, `no path leads to ${node.id}`);
  const shown = all || cuts.length < 3 ? cuts : [cuts[0]!, cuts.at(-1)!];
  for (const [i, cut] of shown.entries()) {
    writeLine(terminal, `${i > 0 ? "or " : ""}${cutWords(size)}: ${freedWords(cut, unit)}`);
    const edges = all ? cut.edges : cut.edges.slice(0, SHOWN_EDGES);
    writeTable(terminal, toTable<CutEdge>("", Object.values(CUT_EDGE_COLUMNS), edges));
    if (edges.length < size) writeLine(terminal, `… and ${formatCounted(size - edges.length, "more edge")}`);
  }
  if (shown.length < cuts.length || SHOWN_EDGES < size) writeLine(terminal, "--all shows everything that was found");
}

function toRootLine(node: NodeRow): string {
  const reason = rootReasonWords(node.rootReason);
  return `${toLabel(node)} is a root itself${reason === "" ? "" : `: ${reason}`}`;
}

function toLabel({ name, version }: NodeRow): string {
  return version === "" ? name : `${name} ${version}`;
}
