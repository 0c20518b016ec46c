import { visibleText } from "#lib/display/visible-text.ts";
import type { ExportView } from "./export-view.ts";

type Data = Readonly<Record<string, string | number | boolean>>;

const NODE_KEYS = {
  id: "string",
  name: "string",
  version: "string",
  kind: "string",
  selfSize: "long",
  closureSize: "long",
  retainedSize: "long",
  root: "string",
  live: "boolean",
  narHash: "string",
};
const EDGE_KEYS = { evidence: "string", detail: "string" };

/** A graph in GraphML: XML 1.0 without characters that it forbids, because hidden ones are spelled out. Sizes are bytes. */
export function* toGraphMl(view: ExportView): Generator<string> {
  const { artifact, nodes } = view.answer;
  yield '<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n';
  yield* listKeys("node", NODE_KEYS);
  yield* listKeys("edge", EDGE_KEYS);
  yield `  <key id="artifact" for="graph" attr.name="artifact" attr.type="string"/>\n`;
  yield `  <graph id="G" edgedefault="directed">\n    ${toData("artifact", artifact.name)}\n`;
  for (const [node, { id, name, version, kind }] of nodes.entries()) {
    yield `    <node id="n${node}">${toAllData("node", { ...view.factsOf(node), id, name, version, kind })}</node>\n`;
  }
  for (const node of nodes.keys()) {
    for (const { to, statements } of view.edgesOf(node)) {
      const evidence = [...new Set(statements.map((statement) => statement.evidence))].join(", ");
      const detail = statements.flatMap((statement) => statement.detail || []).join("; ");
      yield `    <edge source="n${node}" target="n${to}">${toAllData("edge", { evidence, detail })}</edge>\n`;
    }
  }
  yield "  </graph>\n</graphml>\n";
}

function* listKeys(of: "node" | "edge", keys: Readonly<Record<string, string>>): Generator<string> {
  for (const [name, type] of Object.entries(keys)) {
    yield `  <key id="${of}-${name}" for="${of}" attr.name="${name}" attr.type="${type}"/>\n`;
  }
}

function toAllData(of: "node" | "edge", data: Data): string {
  return Object.entries(data)
    .filter(([, value]) => value !== "")
    .map(([name, value]) => toData(`${of}-${name}`, `${value}`))
    .join("");
}

function toData(key: string, text: string): string {
  return `<data key="${key}">${toXmlText(text)}</data>`;
}

function toXmlText(text: string): string {
  return visibleText(text).replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
