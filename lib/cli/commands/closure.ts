import type { Command } from "commander";
import { answerClasses, type ClassesAnswer } from "#lib/answers/classes.ts";
import { answerNodes, type NodeSize, type NodesAnswer } from "#lib/answers/closure.ts";
import type { NodeRow } from "#lib/db/queries/list-nodes.ts";
import { formatCounted, formatSize } from "#lib/display/bytes.ts";
import { type Column, toTable } from "#lib/exports/table.ts";
import { CLASS_COLUMNS, COUNTED_CLASS_COLUMNS } from "#lib/exports/tables/classes.ts";
import { COUNT_COLUMNS, NODE_COLUMNS, SIGNATURE } from "#lib/exports/tables/closure.ts";
import { toArtifactId } from "#lib/model/artifact-id.ts";
import { UsageError } from "#lib/model/problem.ts";
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
  readonly classes?: boolean;
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
    .option("--classes", "instead of nodes, their classes by the set of roots that reach them")
    .addOption(limitOption(SHOWN_NODES));
  const example = "closure nix-store: --root firefox-128.0 --sort self --limit 20";
  addQuery(command, workbench, example, async ({ pool }, name: string, options: ClosureOptions) => {
    const { id, digest } = await findOneArtifact(pool, name);
    const { root, sort, classes, limit = options.json ? ALL_ROWS : SHOWN_NODES } = options;
    if (classes) {
      if (root !== undefined) throw new UsageError("--classes is about all roots: leave out --root");
      const answer = await answerClasses(pool, { artifactId: id, limit });
      return {
        json: () => ({ artifact: toArtifactId(digest), ...toClassesJson(answer) }),
        print: () => printClasses(workbench.terminal, answer),
      };
    }
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

/** The sizes of an SBOM's components are not known: they are `null`, beside the numbers of components. */
function toClassesJson({ classes, total, unit }: ClassesAnswer) {
  const bytes = (size: number) => (unit === "bytes" ? size : null);
  return {
    classes: classes.rows.map(({ key: _, roots, size, ...rest }) => ({
      roots: roots.map(({ id, name }) => ({ id, name })),
      ...rest,
      bytes: bytes(size),
    })),
    total: { classes: classes.count, nodes: total.nodes, roots: total.roots, bytes: bytes(total.size) },
  };
}

function printClasses(terminal: Terminal, { classes, total, unit }: ClassesAnswer): void {
  const { size, nodes, rootCount, roots } = CLASS_COLUMNS;
  const columns = unit === "bytes" ? [size, nodes, rootCount, roots] : Object.values(COUNTED_CLASS_COLUMNS);
  writeTable(terminal, toTable("", columns, classes.rows, classes.count));
  const counts = `${formatCounted(classes.count, "class", "classes")}, ${formatCounted(total.nodes, "node")}`;
  writeLine(terminal, `${counts}, ${formatCounted(total.roots, "root")}`);
}
