/** A statement of an edge, as the naive rules read it. */
export interface NaiveStatement {
  readonly from: number;
  readonly to: number;
  readonly evidence: "observed" | "declared" | "inferred";
  readonly detail: string;
}

interface NaiveNode {
  readonly kind: string;
  readonly libraries: number;
  readonly programs: number;
}

const DECLARES_NOTHING = ["unowned", "manager", "binary", "store"];
const SHOWS_USE = ["deb", "apk", "rpm", "alpm", "conda"];

/** Declared steps between all pairs (Floyd 1962); Infinity where no way leads. */
export function naiveDistances(nodeCount: number, statements: readonly NaiveStatement[]): number[][] {
  const steps = Array.from({ length: nodeCount }, (_, i) =>
    Array.from({ length: nodeCount }, (__, j) => (i === j ? 0 : Number.POSITIVE_INFINITY)),
  );
  for (const { from, to, evidence } of statements) if (evidence === "declared" && from !== to) steps[from]![to] = 1;
  for (let via = 0; via < nodeCount; via++)
    for (const row of steps)
      for (let to = 0; to < nodeCount; to++) row[to] = Math.min(row[to]!, row[via]! + steps[via]![to]!);
  return steps;
}

/** Rows of observed statements about libraries that no declared statement has, in one ecosystem. */
export function naiveUndeclared(nodes: readonly NaiveNode[], statements: readonly NaiveStatement[]): number[] {
  return [...statements.keys()].filter((row) => {
    const { from, to, evidence, detail } = statements[row]!;
    if (evidence !== "observed" || !detail.includes(" needs ") || nodes[from]!.kind !== nodes[to]!.kind) return false;
    if (DECLARES_NOTHING.includes(nodes[from]!.kind)) return false;
    return !statements.some((each) => each.evidence === "declared" && each.from === from && each.to === to);
  });
}

/** Rows of declared statements that no other statement about the same pair supports, where both have something to show. */
export function naiveUnused(nodes: readonly NaiveNode[], statements: readonly NaiveStatement[]): number[] {
  const shows = ({ kind, libraries, programs }: NaiveNode) =>
    SHOWS_USE.includes(kind) && (libraries > 0 || programs > 0);
  return [...statements.keys()].filter((row) => {
    const { from, to, evidence } = statements[row]!;
    if (evidence !== "declared" || from === to || !shows(nodes[from]!) || !shows(nodes[to]!)) return false;
    return !statements.some((each) => each.evidence !== "declared" && each.from === from && each.to === to);
  });
}
