import type { NaiveGraph } from "#testing/builders/graphs.ts";
import { naiveReachable, naiveRetained, sumOf } from "#testing/builders/graphs.ts";

interface NaiveInput extends NaiveGraph {
  readonly roots: readonly number[];
  readonly weights: Float64Array;
  readonly nodes: readonly { readonly kind: string; readonly name: string }[];
}

/**
 * The suspects by removing nodes and counting what no root reaches any more; without a dominator tree. Each is written as
 * `nodes: bytes @ accumulation`.
 */
export function naiveSuspects(given: NaiveInput): string[] {
  const { roots, weights, nodes } = given;
  const reached = [...naiveReachable(given, roots)];
  const total = sumOf(reached, weights);
  if (total === 0) return [];
  const leaves = new Map(reached.map((node) => [node, naiveRetained(given, roots, node)]));
  const retained = (node: number) => sumOf(leaves.get(node)!, weights);
  const isLarge = (bytes: number) => bytes * 10 >= total;
  // The closest dominator is the one that retains all other dominators' nodes least: the smallest set that contains the node.
  const above = (node: number) =>
    reached
      .filter((other) => other !== node && leaves.get(other)!.has(node))
      .sort((a, b) => leaves.get(a)!.size - leaves.get(b)!.size)[0];
  const heir = (node: number) => reached.find((child) => above(child) === node && retained(child) * 2 > retained(node));
  const gather = (node: number): number => {
    const next = heir(node);
    return next === undefined ? node : gather(next);
  };
  const isStart = (node: number) => {
    const over = above(node);
    return over === undefined || heir(over) !== node;
  };
  const found = reached
    .filter((node) => isLarge(retained(node)) && isStart(node))
    .map((node) => `${node}: ${retained(node)} @ ${gather(node)}`);

  const small = reached.filter((node) => !isLarge(retained(node)));
  const together = (members: readonly number[]) => {
    const stays = naiveReachable(given, roots, (node) => !members.includes(node));
    return total - sumOf(stays, weights);
  };
  const addFamilies = (candidates: readonly number[], keyOf: (node: number) => string) => {
    for (const members of Map.groupBy(candidates, keyOf).values()) {
      if (members.length < 2 || !isLarge(members.reduce((sum, node) => sum + retained(node), 0))) continue;
      found.push(`${members.toSorted((a, b) => retained(b) - retained(a) || a - b)}: ${together(members)} @ -`);
    }
  };
  const nameOf = (node: number) => `${nodes[node]!.kind} ${nodes[node]!.name}`;
  const topmost = small.filter(
    (node) => !small.some((other) => other !== node && nameOf(other) === nameOf(node) && leaves.get(other)!.has(node)),
  );
  addFamilies(topmost, nameOf);
  if (new Set(nodes.map(({ kind }) => kind)).size > 1) {
    const frontier = small.filter((node) => above(node) === undefined || isLarge(retained(above(node)!)));
    const several = frontier.filter((node) =>
      frontier.some((other) => nodes[other]!.kind === nodes[node]!.kind && nameOf(other) !== nameOf(node)),
    );
    addFamilies(several, (node) => nodes[node]!.kind);
  }
  return found.sort();
}
