import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { measure } from "#lib/analysis/measure.ts";
import { canonicalPurl, genericPurl, golangPurl, npmPurl } from "#lib/formats/purl/index.ts";
import { parseSbom } from "#lib/formats/sbom/index.ts";
import { buildSbomSnapshot } from "#lib/ingest/sbom/build-sbom-snapshot.ts";
import { componentId } from "#lib/model/component.ts";
import { digestOf } from "#lib/model/digest.ts";
import { type ExportAnswer, GRAPH_FORMATS, type GraphFormat } from "#lib/model/graph-export.ts";
import { exportAnswerOf, type NamedNode } from "#testing/builders/export-answers.ts";
import { arbitraryGraph } from "#testing/builders/graphs.ts";
import { testStorePath } from "#testing/builders/store.ts";
import { listCycloneDxFaults } from "#testing/oracles/cyclonedx-schema.ts";
import { listSpdxFaults } from "#testing/oracles/spdx-rules.ts";
import { toGraphExport } from "./to-graph-export.ts";

/** Any text that Postgres stores. */
const text = fc.string({ unit: "binary", minLength: 1, maxLength: 12 }).map((any) => any.replaceAll("\0", "\u202e"));
const kinds = fc.constantFrom("npm", "golang", "other", "store", "unowned", "manager");

/** A node of each kind, with an identity that no other position has. */
function toNode(kind: NamedNode["kind"], name: string, i: number): NamedNode {
  const version = `${i}`;
  const purl = { version, instancePath: "" };
  if (kind === "npm") return { ...purl, kind, name: `n${i}`, identity: npmPurl(`n${i}`, version), instancePath: name };
  if (kind === "golang") {
    const module = { name: `example.com/N${i}`, version: `v1.0.${i}` };
    return { ...module, kind, identity: golangPurl(module.name, module.version), instancePath: name };
  }
  if (kind === "other") return { ...purl, kind, name, identity: genericPurl(name, version) };
  if (kind === "store") return { kind, name: "a", version: "1", identity: testStorePath(i, "a-1"), instancePath: "" };
  return { kind, name, version: name, identity: `${kind}:${i}${name}`, instancePath: "" };
}

const answers = arbitraryGraph(8).chain(({ nodeCount, edges, roots }) => {
  const column = <T>(each: fc.Arbitrary<T>) => fc.array(each, { minLength: nodeCount, maxLength: nodeCount });
  return fc
    .record({
      kinds: column(kinds),
      names: column(text),
      details: fc.array(text, { minLength: 1, maxLength: 4 }),
      artifact: fc.record({
        kind: fc.constantFrom("image", "closure"),
        name: text,
        createdAt: fc.oneof(
          text,
          fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
        ),
      }),
    })
    .map((parts) => {
      const named = parts.names.map((name, i) => toNode(parts.kinds[i]!, name, i));
      // Of the others, only store items refer to themselves.
      const kept = edges.filter(([from, to]) => from !== to || named[from]!.kind === "store");
      return exportAnswerOf({ ...parts, nodeCount, edges: kept, roots, named });
    });
});

const write = (answer: ExportAnswer, format: GraphFormat, version = "") =>
  [...toGraphExport(answer, format, version).pieces].join("");

/** As a scan reads a document: ids and roots, and edges by id. */
function readBack(document: string) {
  const { graph, problems } = buildSbomSnapshot({
    ...{ name: "bom", source: "sbom:bom.json", digest: digestOf(new Uint8Array(32)) },
    document: parseSbom(Buffer.from(document), "bom.json"),
    findTops: () => Int32Array.of(),
  });
  expect(problems).toEqual([]);
  const ids = graph.components.map(componentId);
  const { root } = measure(graph);
  const nodes = graph.components.map(({ kind, name, version }, i) => [ids[i], kind, name, version, root[i] === 1]);
  return { nodes: nodes.sort(), edges: toPairs(ids, graph.edges) };
}

function toPairs(ids: readonly string[], { from, to }: ExportAnswer["edges"]): string[] {
  return [...new Set([...from.keys()].map((i) => `${ids[from[i]!]} → ${ids[to[i]!]}`))].sort();
}

/** Characters that a terminal obeys, that a reader does not see, or that XML 1.0 forbids; lines may end. */
const HIDDEN = /(?!\r?\n)[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\ufffe\uffff]/u;

describe("an exported graph of hostile names", () => {
  it("comes back as it was from every SBOM, which is valid", async () => {
    await fc.assert(
      fc.asyncProperty(answers, fc.constantFrom("1.6", "1.7"), async (answer, version) => {
        const { nodes, edges } = answer;
        const ids = nodes.map(({ id }) => id);
        const given = nodes.map(({ id, kind, name, version: is, root }) => [id, kind, name, is, root]).sort();
        const [cyclonedx, spdx] = [write(answer, "cyclonedx", version), write(answer, "spdx", "2.3")];
        expect([await listCycloneDxFaults(cyclonedx), listSpdxFaults(spdx)]).toEqual([[], []]);
        for (const document of [cyclonedx, spdx]) {
          expect(readBack(document)).toEqual({ nodes: given, edges: toPairs(ids, edges) });
        }
      }),
      { numRuns: 40 },
    );
  });

  it("has no hidden characters in any format", () => {
    fc.assert(
      fc.property(answers, fc.constantFrom(...GRAPH_FORMATS), (answer, format) => {
        expect(write(answer, format, "1.6")).not.toMatch(HIDDEN);
      }),
    );
  });

  it("is one DOT graph: strings end where they should, one statement in a line", () => {
    fc.assert(
      fc.property(answers, (answer) => {
        const bare = write(answer, "dot").replaceAll(/"(?:[^"\\]|\\.)*"/g, "S");
        const attributes = String.raw`\[\w+=S(?:, \w+=S)*\]`;
        const lines = String.raw`(?:  S ${attributes};\n)*(?:  S -> S ${attributes};\n)*`;
        expect(bare).toMatch(new RegExp(String.raw`^digraph S \{\n  node \[shape=box\];\n${lines}\}\n$`));
      }),
    );
  });

  it("is well-formed XML in GraphML, with as many nodes and edges", () => {
    fc.assert(
      fc.property(answers, (answer) => {
        const xml = write(answer, "graphml");
        const tags = [...xml.matchAll(/<(\/?)(\w+)(?: [\w.:]+="[^"<&]*")*(\/?)>/g)];
        const open: string[] = [];
        for (const [, closing, name, empty] of tags) {
          if (closing === "/") expect(open.pop()).toBe(name);
          else if (empty === "") open.push(name!);
        }
        expect(open).toEqual([]);
        const words = xml.replace(/^<\?xml[^>]*\?>/, "").replaceAll(/<[^<>]*>|&(?:amp|lt|gt);/g, "");
        expect(words).not.toMatch(/[<>&]/);
        const count = (wanted: string) => tags.filter(([, closing, name]) => closing === "" && name === wanted).length;
        const pairs = new Set([...answer.edges.from].map((from, i) => `${from} ${answer.edges.to[i]}`));
        expect([count("node"), count("edge")]).toEqual([answer.nodes.length, pairs.size]);
      }),
    );
  });

  it("has a purl of a generic package that reads as itself", () => {
    fc.assert(
      fc.property(text, text, (name, version) => {
        const purl = genericPurl(name, version);
        expect(canonicalPurl(purl)?.identity).toBe(purl);
      }),
    );
  });
});
