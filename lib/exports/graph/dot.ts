import { formatBytes } from "#lib/display/bytes.ts";
import { visibleText } from "#lib/display/visible-text.ts";
import type { ExportView } from "./export-view.ts";

type Attributes = Readonly<Record<string, string | number | boolean>>;

/** A graph in the DOT language of Graphviz. Nodes are named by their ids; attributes that Graphviz does not know carry the facts. */
export function* toDot(view: ExportView): Generator<string> {
  const { artifact, nodes } = view.answer;
  yield `digraph ${quoted(artifact.name)} {\n  node [shape=box];\n`;
  // Each is written once for every edge at its node.
  const ids = nodes.map(({ id }) => quoted(id));
  for (const [node, id] of ids.entries()) yield `  ${id} [${toNodeAttributes(view, node)}];\n`;
  for (const [node, id] of ids.entries()) {
    for (const { to, statements } of view.edgesOf(node)) {
      const evidence = [...new Set(statements.map((statement) => statement.evidence))].join(", ");
      const detail = statements.flatMap((statement) => statement.detail || []).join("; ");
      const attributes = toAttributes({ evidence, ...(detail === "" ? {} : { detail }) });
      yield `  ${id} -> ${ids[to]} [${attributes}];\n`;
    }
  }
  yield "}\n";
}

function toNodeAttributes(view: ExportView, node: number): string {
  const { kind, name, version } = view.answer.nodes[node]!;
  const { id: _, ...facts } = view.factsOf(node);
  const { selfSize } = view.sizesOf(node);
  const lines = [version === "" ? name : `${name} ${version}`, selfSize === undefined ? "" : formatBytes(selfSize)];
  const label = lines
    .filter((line) => line !== "")
    .map(labelText)
    .join("\\n");
  return `label="${label}", ${toAttributes({ kind, name, version, ...facts })}`;
}

function toAttributes(attributes: Attributes): string {
  return Object.entries(attributes)
    .map(([name, value]) => `${name}=${quoted(`${value}`)}`)
    .join(", ");
}

/** A label is an escape string, in which a backslash is written twice, and in which Graphviz reads `&#…;` as a character. */
function labelText(text: string): string {
  return escaped(text).replaceAll("&", "&amp;");
}

function quoted(text: string): string {
  return `"${escaped(text)}"`;
}

function escaped(text: string): string {
  return visibleText(text).replaceAll("\\", "\\\\").replaceAll('"', '\\"');
}
