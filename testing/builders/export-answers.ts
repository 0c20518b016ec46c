import { measure } from "#lib/analysis/measure.ts";
import { sortStatements } from "#lib/answers/export-edges.ts";
import { type ComponentKind, Evidence } from "#lib/model/component.ts";
import { digestOf } from "#lib/model/digest.ts";
import type { ExportAnswer } from "#lib/model/graph-export.ts";
import type { NaiveGraph } from "./graphs.ts";

/** A node of an answer that is built by hand. */
export interface NamedNode {
  readonly identity: string;
  readonly instancePath: string;
  readonly kind: ComponentKind;
  readonly name: string;
  readonly version: string;
}

interface Parts extends NaiveGraph {
  readonly named: readonly NamedNode[];
  readonly roots: readonly number[];
  readonly details: readonly string[];
  readonly artifact: Pick<ExportAnswer["artifact"], "kind" | "name" | "createdAt">;
}

/** An answer about a graph, measured as a scan does. Edge i has the i-th evidence and detail, in turn. */
export function exportAnswerOf({ named, roots, edges, details, artifact }: Parts): ExportAnswer {
  const columns = {
    from: Int32Array.from(edges, ([from]) => from),
    to: Int32Array.from(edges, ([, to]) => to),
    evidence: Uint8Array.from(edges.keys(), (i) => i % Object.keys(Evidence).length),
    detail: Int32Array.from(edges.keys(), (i) => i % details.length),
    details,
  };
  const selfSize = Float64Array.from(named.keys());
  const measured = measure({ selfSize, roots: Int32Array.from(roots), edges: columns });
  const nodes = named.map(({ identity, instancePath, kind, name, version }, node) => ({
    id: instancePath === "" ? identity : `${identity}#${instancePath}`,
    ...{ kind, name, version, live: true },
    selfSize: selfSize[node]!,
    closureSize: measured.closureSize[node]!,
    retainedSize: measured.retainedSize[node]!,
    referenceCount: measured.referenceCount[node]!,
    referrerCount: measured.referrerCount[node]!,
    root: measured.root[node] === 1,
    ...(measured.root[node] === 1 ? { rootReason: "named" as const } : {}),
  }));
  return {
    artifact: {
      ...artifact,
      digest: digestOf(new Uint8Array(32)),
      platform: "",
      edgeCount: measured.total.edges,
      isWhole: true,
    },
    nodes,
    instancePaths: named.map(({ instancePath }) => instancePath),
    narHashes: named.map(() => ""),
    edges: sortStatements(measured, columns),
    unit: "bytes",
  };
}
