import type { Pool } from "pg";
import type { ArtifactDetail } from "#lib/db/queries/get-artifact.ts";
import type { ComponentKind } from "#lib/model/component.ts";
import type {
  NeedCounts,
  NeedNode,
  NeedsAnswer,
  UnaskedRow,
  UndeclaredRow,
  UnmetRow,
  UnusedRow,
} from "#lib/model/needs-answer.ts";
import { answerNeeds, countNeeds } from "./needs.ts";

/** What a list of needs can be sorted by. `other`: what is needed, or the other component. */
export const NEED_SORTS = ["name", "other", "self", "retained"] as const;
export type NeedSort = (typeof NEED_SORTS)[number];

export interface NeedFilter {
  /** Part of the name of a component, or of what it needs. */
  readonly text: string;
  readonly kinds: readonly string[];
  readonly sort: NeedSort;
  readonly direction: "asc" | "desc";
  readonly limit: number;
}

/** The rows of one list that match a filter, in its order, cut at its limit. */
export interface NeedRows<Row> {
  readonly rows: readonly Row[];
  readonly matching: number;
  /** The kinds of the components in the whole list, with the numbers of rows. */
  readonly kinds: readonly { readonly kind: ComponentKind; readonly count: number }[];
}

/** One list of an image's needs. Of the others only the lengths. */
export interface NeedsListAnswer extends Pick<NeedsAnswer, "rootCount" | "isObserved"> {
  readonly counts: NeedCounts;
  readonly unmet?: NeedRows<UnmetRow>;
  readonly undeclared?: NeedRows<UndeclaredRow>;
  readonly unused?: NeedRows<UnusedRow>;
  readonly unasked?: NeedRows<UnaskedRow>;
}

type List = keyof Pick<NeedsAnswer, "unmet" | "undeclared" | "unused" | "unasked">;

/** Throws like `answerNeeds`. */
export async function answerNeedsList(
  db: Pool,
  { artifactId, list, filter }: { artifactId: number; list: List; filter: NeedFilter },
): Promise<NeedsListAnswer> {
  const answer = await answerNeeds(db, artifactId);
  const { rootCount, isObserved } = answer;
  return {
    rootCount,
    isObserved,
    counts: countNeeds(answer),
    [list]: select<NeedsAnswer[List][number]>(answer[list], filter),
  };
}

interface AnyRow {
  readonly component: NeedNode | null;
  readonly other?: NeedNode;
  readonly need?: string;
  readonly selfSize?: number;
  readonly retainedSize?: number;
}

function select<Row extends AnyRow>(all: readonly Row[], { text, kinds, limit, ...order }: NeedFilter): NeedRows<Row> {
  const part = text.toLowerCase();
  const chosen = all.filter(
    (row) =>
      (kinds.length === 0 || kinds.includes(row.component?.kind ?? "")) &&
      (part === "" || `${nameOf(row)}\n${otherOf(row)}`.toLowerCase().includes(part)),
  );
  const counts = Map.groupBy(all, ({ component }) => component?.kind);
  return {
    rows: sortRows(chosen, order).slice(0, limit),
    matching: chosen.length,
    kinds: [...counts].flatMap(([kind, rows]) => (kind === undefined ? [] : { kind, count: rows.length })),
  };
}

function sortRows<Row extends AnyRow>(
  rows: readonly Row[],
  { sort, direction }: Pick<NeedFilter, "sort" | "direction">,
) {
  const sign = direction === "asc" ? 1 : -1;
  const compare = (a: Row, b: Row) => {
    if (sort === "self") return (a.selfSize ?? 0) - (b.selfSize ?? 0);
    if (sort === "retained") return (a.retainedSize ?? 0) - (b.retainedSize ?? 0);
    return compareText(...([a, b].map(sort === "name" ? nameOf : otherOf) as [string, string]));
  };
  return [...rows].sort((a, b) => sign * compare(a, b));
}

function nameOf({ component }: AnyRow): string {
  return component?.name ?? "";
}

function otherOf({ other, need }: AnyRow): string {
  return other?.name ?? need ?? "";
}

function compareText(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

/** What the lists say of one node. */
export interface NodeNeeds {
  /** Needs that nothing meets. */
  readonly unmet: readonly string[];
  readonly isUnasked: boolean;
}

/** What an image's lists say of its nodes, by index, of those that they name; empty for another artifact. */
export async function answerNodeNeeds(
  db: Pool,
  artifact: Pick<ArtifactDetail, "id" | "kind">,
): Promise<ReadonlyMap<number, NodeNeeds>> {
  const found = new Map<number, NodeNeeds>();
  if (artifact.kind !== "image") return found;
  const { unmet, unasked } = await answerNeeds(db, artifact.id);
  for (const { component } of unasked) found.set(component.nodeIndex, { unmet: [], isUnasked: true });
  for (const { component, need } of unmet) {
    if (component === null) continue;
    const known = found.get(component.nodeIndex) ?? { unmet: [], isUnasked: false };
    found.set(component.nodeIndex, { ...known, unmet: [...known.unmet, need] });
  }
  return found;
}
