import type { Pool } from "pg";
import { getArtifact } from "#lib/db/queries/get-artifact.ts";
import type { NodeRow } from "#lib/db/queries/list-nodes.ts";
import { computeStartClasses, type StartClasses } from "#lib/graph/start-classes.ts";
import { type MeasureUnit, unitOf } from "#lib/model/measure-unit.ts";
import type { RootClass } from "#lib/model/root-class.ts";
import type { NamedId } from "#lib/model/suspect.ts";
import type { Listed } from "./graph/node-detail.ts";
import { type KeptGraph, loadKeptGraph } from "./kept/graphs.ts";
import { toNamedId } from "./named-id.ts";
import { whileWhole } from "./while-whole.ts";

/** Roots named of each class: thousands of classes may have thousands each. */
const MAX_NAMED_ROOTS = 50;

export interface ClassesQuestion {
  readonly artifactId: number;
  /** Classes listed. */
  readonly limit: number;
  /** The key of a class whose nodes and roots are listed, and how many of them. */
  readonly open?: number | undefined;
  readonly openLimit?: number;
}

export interface OpenedClass {
  /** The largest first. */
  readonly nodes: Listed<NodeRow>;
  readonly roots: Listed<NamedId>;
}

export interface ClassesAnswer {
  /** The largest first. */
  readonly classes: Listed<RootClass>;
  readonly total: { readonly nodes: number; readonly size: number; readonly roots: number };
  /** Sizes of what one root alone keeps, several do, and none does. */
  readonly kept: { readonly byOne: number; readonly bySeveral: number; readonly byNone: number };
  readonly opened: OpenedClass | undefined;
  readonly unit: MeasureUnit;
}

/**
 * The nodes of an artifact by the set of roots that reach them, as nix-du groups a store: what one root keeps alone, what several
 * share, and what none needs. Throws a GoneError if the artifact is removed meanwhile.
 */
export function answerClasses(db: Pool, question: ClassesQuestion): Promise<ClassesAnswer> {
  const { artifactId: id, limit, open, openLimit = 0 } = question;
  return whileWhole(db, [{ id }], async () => {
    const [kept, artifact] = await Promise.all([loadKeptGraph(db, id), getArtifact(db, id)]);
    const { nodes, selfSize, roots } = kept;
    const found = computeStartClasses(kept.graph, roots);
    const groups = groupMembers(kept, found);
    const total = selfSize.reduce((sum, bytes) => sum + bytes, 0);
    const opened = groups.find(({ members: [first] }) => first === open);
    const rows = groups.slice(0, limit).map((group) => describeClass(kept, found, { group, total }));
    return {
      classes: { rows, count: groups.length },
      total: { nodes: nodes.length, size: total, roots: roots.length },
      kept: {
        byOne: sumSizes(groups.filter(({ rootCount }) => rootCount === 1)),
        bySeveral: sumSizes(groups.filter(({ rootCount }) => rootCount > 1)),
        byNone: sumSizes(groups.filter(({ rootCount }) => rootCount === 0)),
      },
      opened: opened === undefined ? undefined : openClass(kept, found, { group: opened, limit: openLimit }),
      unit: unitOf(artifact),
    };
  });
}

interface Group {
  /** Ascending. */
  readonly members: readonly number[];
  readonly size: number;
  readonly rootCount: number;
}

function sumSizes(groups: readonly Group[]): number {
  return groups.reduce((sum, { size }) => sum + size, 0);
}

/** The largest first. Dead paths are apart from derivers of live ones, which no root reaches either. */
function groupMembers({ nodes, selfSize }: KeptGraph, { classOf, startsOf }: StartClasses): Group[] {
  const keyOf = (node: number) => 2 * classOf[node]! + (nodes[node]!.live ? 1 : 0);
  const groups = [...Map.groupBy(nodes.keys(), keyOf).values()].map((members) => {
    const size = members.reduce((sum, node) => sum + selfSize[node]!, 0);
    return { members, size, rootCount: startsOf(classOf[members[0]!]!).length };
  });
  return groups.sort((a, b) => b.size - a.size || b.members.length - a.members.length || a.members[0]! - b.members[0]!);
}

interface Described {
  readonly group: Group;
  /** The size of all nodes. */
  readonly total: number;
}

function describeClass(kept: KeptGraph, { classOf, startsOf }: StartClasses, given: Described): RootClass {
  const { total } = given;
  const { members, size, rootCount } = given.group;
  const [first] = members;
  const starts = startsOf(classOf[first!]!);
  return {
    key: first!,
    roots: starts.slice(0, MAX_NAMED_ROOTS).map((position) => toNamedId(kept, kept.roots[position]!)),
    rootCount,
    live: kept.nodes[first!]!.live,
    nodes: members.length,
    size,
    share: total === 0 ? 0 : size / total,
  };
}

function openClass(
  kept: KeptGraph,
  { classOf, startsOf }: StartClasses,
  { group: { members }, limit }: { group: Group; limit: number },
): OpenedClass {
  const sorted = members.toSorted((a, b) => kept.selfSize[b]! - kept.selfSize[a]! || a - b);
  const starts = startsOf(classOf[members[0]!]!);
  return {
    nodes: { rows: sorted.slice(0, limit).map((node) => kept.nodes[node]!), count: members.length },
    roots: {
      rows: starts.slice(0, limit).map((position) => toNamedId(kept, kept.roots[position]!)),
      count: starts.length,
    },
  };
}
