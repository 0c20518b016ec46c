import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type ComponentKind, Evidence } from "#lib/model/component.ts";
import type { RootReasonName } from "#lib/model/root-reason.ts";
import type { SnapshotEdges } from "#lib/model/snapshot.ts";
import { arbitraryGraph, naiveReachable } from "#testing/builders/graphs.ts";
import { type NaiveStatement, naiveDistances, naiveUndeclared, naiveUnused } from "#testing/oracles/naive-needs.ts";
import { listAskedFor, listUnasked } from "./unasked.ts";
import { findUndeclared } from "./undeclared.ts";
import { findUnused } from "./unused.ts";

const KINDS = ["deb", "rpm", "alpm", "npm", "binary", "manager", "unowned"] as const satisfies readonly ComponentKind[];
const DETAILS = ["bin/x needs liba.so", "bin/x is run by /bin/sh", ""];
const REASONS = ["named", "entrypoint", "unreferred", "unowned", undefined] as const;

/** Nodes of several kinds, some with nothing to show; statements with cycles, repeats and edges of a node to itself. */
const arbitraryImage = arbitraryGraph(9).chain((drawn) =>
  fc.record({
    drawn: fc.constant(drawn),
    nodes: fc.array(
      fc.record({
        kind: fc.constantFrom(...KINDS),
        libraries: fc.nat(1),
        programs: fc.nat(1),
        rootReason: fc.constantFrom(...REASONS),
      }),
      { minLength: drawn.nodeCount, maxLength: drawn.nodeCount },
    ),
    known: fc.array(
      fc.record({
        evidence: fc.constantFrom("observed" as const, "declared" as const, "inferred" as const),
        detail: fc.constantFrom(...DETAILS),
      }),
      { minLength: drawn.edges.length, maxLength: drawn.edges.length },
    ),
  }),
);

function toEdges(statements: readonly NaiveStatement[]): SnapshotEdges {
  return {
    from: Int32Array.from(statements, ({ from }) => from),
    to: Int32Array.from(statements, ({ to }) => to),
    evidence: Uint8Array.from(statements, ({ evidence }) => Evidence[evidence]),
    detail: Int32Array.from(statements, ({ detail }) => DETAILS.indexOf(detail)),
    details: DETAILS,
  };
}

/** An edge of a node to itself is never stored. */
const listStatements = ({
  drawn,
  known,
}: {
  drawn: { edges: readonly (readonly [number, number])[] };
  known: readonly Pick<NaiveStatement, "evidence" | "detail">[];
}) => drawn.edges.map(([from, to], i) => ({ from, to, ...known[i]! })).filter(({ from, to }) => from !== to);

describe("on random graphs with cycles, several roots and unreachable nodes", () => {
  it("links that are not declared are those of the naive rule, and what declares them on the way is on a shortest way", () => {
    fc.assert(
      fc.property(arbitraryImage, (image) => {
        const statements = listStatements(image);
        const found = findUndeclared(image.nodes, toEdges(statements));
        expect(found.map(({ row }) => row)).toEqual(naiveUndeclared(image.nodes, statements));
        const steps = naiveDistances(image.nodes.length, statements);
        for (const { row, through } of found) {
          const { from, to } = statements[row]!;
          if (through < 0) expect(steps[from]![to]).toBe(Number.POSITIVE_INFINITY);
          else expect([steps[from]![through], 1 + steps[through]![to]!]).toEqual([1, steps[from]![to]]);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it("declared dependencies that no file shows are those of the naive rule", () => {
    fc.assert(
      fc.property(arbitraryImage, (image) => {
        const statements = listStatements(image);
        const counts = {
          libraries: Int32Array.from(image.nodes, ({ libraries }) => libraries),
          programs: Int32Array.from(image.nodes, ({ programs }) => programs),
        };
        expect(findUnused(image.nodes, toEdges(statements), counts)).toEqual(naiveUnused(image.nodes, statements));
      }),
      { numRuns: 1000 },
    );
  });

  it("what nothing asked for is what sweeps from the explicit roots do not reach", () => {
    fc.assert(
      fc.property(arbitraryImage, ({ drawn, nodes }) => {
        const rooted = nodes.map(({ kind, rootReason }) => toRooted(kind, rootReason));
        const asked = listAskedFor(rooted);
        const reached = naiveReachable(drawn, asked);
        const rest = [...nodes.keys()].filter(
          (node) => !reached.has(node) && !["unowned", "manager", "binary"].includes(nodes[node]!.kind),
        );
        expect(listUnasked(rooted, drawn.graph, asked)).toEqual(asked.length === 0 ? [] : rest);
      }),
      { numRuns: 1000 },
    );
  });
});

function toRooted(kind: ComponentKind, rootReason: RootReasonName | undefined) {
  return rootReason === undefined ? { kind, root: false } : { kind, root: true, rootReason };
}

it("a root without a recorded reason counts as asked for", () => {
  expect(
    listAskedFor([
      { kind: "deb", root: true },
      { kind: "deb", root: false },
    ]),
  ).toEqual([0]);
});
