import fc from "fast-check";
import { expect, it } from "vitest";
import { measure } from "#lib/analysis/measure.ts";
import type { SnapshotEdges } from "#lib/model/snapshot.ts";
import { arbitraryGraph } from "#testing/builders/graphs.ts";
import { sortStatements } from "./export-edges.ts";

type Statement = readonly [from: number, to: number, evidence: number, detail: string];

function listStatements({ from, to, evidence, detail, details }: SnapshotEdges): Statement[] {
  return [...from.keys()].map((i) => [from[i]!, to[i]!, evidence[i]!, details[detail[i]!] ?? ""]);
}

it("sorts statements by edge, and gives an edge without one the evidence of the graph", () => {
  fc.assert(
    fc.property(arbitraryGraph(), fc.nat(), ({ nodeCount, edges, weights }, seed) => {
      const all = {
        from: Int32Array.from(edges, ([from]) => from),
        to: Int32Array.from(edges, ([, to]) => to),
        evidence: Uint8Array.from(edges.keys(), (i) => (seed + i) % 3),
        detail: Int32Array.from(edges.keys(), (i) => i % 2),
        details: ["a", "b"],
      };
      const kept = measure({ selfSize: weights, roots: Int32Array.of(), edges: all });
      // As in an image: one half is stated, the other is a store's, without a statement.
      const isStated = (from: number, to: number) => (from * nodeCount + to + seed) % 2 === 0;
      const rows = [...edges.keys()].filter((i) => isStated(...edges[i]!));
      const pick = <Column extends Int32Array | Uint8Array>(column: Column) =>
        Int32Array.from(rows, (row) => column[row]!);
      const stated = { ...all, from: pick(all.from), to: pick(all.to), detail: pick(all.detail) };
      const given = { ...stated, evidence: Uint8Array.from(pick(all.evidence)) };

      const pairs = [...new Set(edges.map(([from, to]) => from * nodeCount + to))].sort((a, b) => a - b);
      const expected = pairs.flatMap((pair): Statement[] => {
        const [from, to] = [Math.floor(pair / nodeCount), pair % nodeCount];
        const found = listStatements(given).filter((each) => each[0] === from && each[1] === to);
        if (found.length > 0) return found;
        const known = listStatements(all).filter((each) => each[0] === from && each[1] === to);
        return [[from, to, Math.min(...known.map((each) => each[2])), ""]];
      });
      expect(listStatements(sortStatements(kept, given))).toEqual(expected);
    }),
  );
});
