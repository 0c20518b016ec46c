import type { ArtifactKind } from "./artifact-label.ts";
import type { MeasuredNode } from "./closure-answer.ts";
import type { MeasureUnit } from "./measure-unit.ts";
import type { SnapshotEdges } from "./snapshot.ts";

/** The files that a graph can be written as. */
export const GRAPH_FORMATS = ["cyclonedx", "spdx", "dot", "graphml", "csv"] as const;
export type GraphFormat = (typeof GRAPH_FORMATS)[number];

/** Versions of the specification that a format can be written in, the default first; none for formats without versions. */
export const SPEC_VERSIONS: Readonly<Record<GraphFormat, readonly string[]>> = {
  cyclonedx: ["1.6", "1.7"],
  spdx: ["2.3"],
  dot: [],
  graphml: [],
  csv: [],
};

/** The version to write; `undefined` if the format has no such version. */
export function toSpecVersion(format: GraphFormat, wanted: string | undefined): string | undefined {
  const versions = SPEC_VERSIONS[format];
  if (wanted === undefined) return versions[0] ?? "";
  return versions.find((version) => version === wanted);
}

export interface ExportedArtifact {
  readonly name: string;
  readonly kind: ArtifactKind;
  readonly digest: string;
  readonly platform: string;
  /** As an image's config has it: any text. "" for other artifacts. */
  readonly createdAt: string;
  /** Distinct edges, however often each is stated. */
  readonly edgeCount: number;
  /** False for a store whose scan had warnings: references may be missing. */
  readonly isWhole: boolean;
}

/** An artifact's whole graph, for other tools. */
export interface ExportAnswer {
  readonly artifact: ExportedArtifact;
  /** Node i is row i. */
  readonly nodes: readonly MeasuredNode[];
  /** For each node, what its id has after the identity: the path of the instance, "" if there is none. */
  readonly instancePaths: readonly string[];
  /** For each node, the NAR hash that its store's database has; "" if there is none. */
  readonly narHashes: readonly string[];
  /** By `from`, then `to`. An edge that is stated several times, such as declared and observed, has several rows. */
  readonly edges: SnapshotEdges;
  readonly unit: MeasureUnit;
}
