"use client";

import { useMemo, useState } from "react";
import { Amount } from "#components/ui/amount.tsx";
import { DataTable, None, type ShownColumn } from "#components/ui/data-table.tsx";
import { KindMark, SideMark } from "#components/ui/marks.tsx";
import { RowLink } from "#components/ui/maybe-link.tsx";
import { sortLinks } from "#components/ui/sort-links.ts";
import { Visible } from "#components/ui/visible.tsx";
import { formatBytes, formatCounted } from "#lib/display/bytes.ts";
import { MEASURES, type MeasureName } from "#lib/display/measures.ts";
import { nodeText } from "#lib/display/paths.ts";
import { SIDES } from "#lib/display/sides.ts";
import { formatVersionChange } from "#lib/display/version-change.ts";
import type { MeasureUnit } from "#lib/model/measure-unit.ts";
import type { OverviewNode } from "#lib/model/overview.ts";
import type { PlacedGroup, PlacedOverview } from "#lib/pictures/overview/placed.ts";
import { type GraphState, graphAddress, withClosed, withOpened } from "../graph-address.ts";
import { boxKey, groupKey } from "./lit-set.ts";

type RowSort = "name" | "self" | "closure" | "retained";

const MEASURE_OF = { self: "selfSize", closure: "closureSize", retained: "retainedSize" } as const;
/** The table is below the drawing: its rows are laid out while a page opens, so the rest wait until they are asked for. */
const PORTION = 60;

export interface OverviewColumnShown {
  readonly sort: Exclude<RowSort, "name">;
  readonly measure: MeasureName;
  /** Shown only if there is room. */
  readonly wide?: boolean;
}

interface Row {
  readonly key: string;
  readonly name: string;
  readonly node?: OverviewNode;
  readonly group?: PlacedGroup;
  readonly selfSize: number;
  /** `null` for a group: those of its members overlap. */
  readonly closureSize: number | null;
  readonly retainedSize: number | null;
}

interface OverviewTableProps {
  readonly placed: PlacedOverview;
  readonly nodes: Readonly<Record<number, OverviewNode>>;
  readonly unit: MeasureUnit;
  readonly columns: readonly OverviewColumnShown[];
  readonly state: GraphState;
  /** Index of the selected node. */
  readonly chosen: number | undefined;
  /** Keys of the boxes that are lit, and what points at another. */
  readonly lit: ReadonlySet<string> | undefined;
  readonly onPoint: (key: string | undefined) => void;
}

/** Everything in the drawing as a table: nodes and groups, sortable. A row lights its box, and a box its row. */
export function OverviewTable({ placed, nodes, unit, columns, state, chosen, lit, onPoint }: OverviewTableProps) {
  const [shown, setShown] = useState(PORTION);
  const sort = (state.sort ?? "retained") as RowSort;
  const direction = state.direction === "asc" ? "asc" : "desc";
  const rows = useMemo(() => sortRows(listRows(placed, nodes), sort, direction), [placed, nodes, sort, direction]);
  const sortBy = sortLinks({ sort, direction }, (key, next) => graphAddress(state, { sort: key, direction: next }));
  const isChosen = ({ node }: Row) => node !== undefined && node.nodeIndex === chosen;
  const rowOf = (target: EventTarget) => (target as Element).closest<HTMLElement>("[data-key]")?.dataset.key;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the rows' links have the keyboard's focus; pointing at a row is an addition.
    <div
      onPointerOver={({ target }) => onPoint(rowOf(target))}
      onPointerLeave={() => onPoint(undefined)}
      onFocus={({ target }) => onPoint(rowOf(target))}
      onBlur={() => onPoint(undefined)}
    >
      <DataTable
        rows={rows}
        keyOf={({ key }) => key}
        rowClass={(row) => (isChosen(row) ? "bg-wash" : lit?.has(row.key) ? "bg-shade" : "hover:bg-shade")}
        rowProps={(row) => ({ "aria-selected": isChosen(row) || undefined, "data-key": row.key })}
        limit={shown}
        rest={(count) => (
          <>
            {formatCounted(count, "more row")} ·{" "}
            <button type="button" onClick={() => setShown(Number.POSITIVE_INFINITY)} className="text-link">
              Show all
            </button>
          </>
        )}
        columns={[
          {
            name: "Name",
            sort: sortBy("name"),
            className: "max-w-0 w-full",
            cell: ({ node, group }) =>
              node === undefined ? (
                <GroupCell group={group!} unit={unit} state={state} />
              ) : (
                <NodeCell node={node} state={state} />
              ),
          },
          ...columns.map(
            ({ sort: key, measure, wide }): ShownColumn<Row> => ({
              name: MEASURES[measure].label,
              measure,
              right: true,
              sort: sortBy(key),
              from: wide ? "md" : undefined,
              cell: (row) => {
                const value = row[MEASURE_OF[key]];
                return value === null ? <None /> : <Amount value={value} unit={unit} />;
              },
            }),
          ),
        ]}
      />
    </div>
  );
}

function listRows({ boxes, groups }: PlacedOverview, nodes: OverviewTableProps["nodes"]): Row[] {
  return [
    ...boxes.map(({ nodeIndex }): Row => {
      const node = nodes[nodeIndex]!;
      const { name, selfSize, closureSize, retainedSize } = node;
      return { key: boxKey(nodeIndex), name, node, selfSize, closureSize, retainedSize };
    }),
    ...groups.map((group): Row => {
      const { column, count, bytes } = group;
      const sizes = { selfSize: bytes, closureSize: null, retainedSize: null };
      return { key: groupKey(column), name: `${count} more`, group, ...sizes };
    }),
  ];
}

function NodeCell({ node, state }: { node: OverviewNode; state: GraphState }) {
  const { side, kind, name, version, versionBefore = "" } = node;
  return (
    <RowLink href={graphAddress(state, { node: nodeText(node) })}>
      {side === undefined ? <KindMark kind={kind} /> : <SideMark side={side} label={SIDES[side].label} />}
      <span className="truncate">
        <Visible text={name} /> <Visible text={formatVersionChange(versionBefore, version)} className="text-dim" />
      </span>
    </RowLink>
  );
}

function GroupCell({ group, unit, state }: { group: PlacedGroup; unit: MeasureUnit; state: GraphState }) {
  const { column, count, bytes, largest, opened } = group;
  const size = unit === "bytes" ? `, ${formatBytes(bytes)} together` : "";
  return (
    <span className="flex items-center gap-3">
      <RowLink href={withOpened(state, column)} className="min-w-0">
        <span aria-hidden className="inline-block size-2.5 shrink-0 rounded-[2px] border border-dim bg-sunken" />
        <span className="truncate">
          Open {formatCounted(count, "node")}
          {size}, the largest <Visible text={largest.name} className="text-dim" />
        </span>
      </RowLink>
      {opened === 0 ? null : (
        <RowLink href={withClosed(state, column)} className="shrink-0 text-dim">
          close
        </RowLink>
      )}
    </span>
  );
}

/** In the order of a table; equal ones by name, so that the order is deterministic. */
function sortRows(rows: readonly Row[], sort: RowSort, direction: "asc" | "desc"): Row[] {
  const sign = direction === "asc" ? 1 : -1;
  const byName = (a: Row, b: Row) => (a.name === b.name ? (a.key < b.key ? -1 : 1) : a.name < b.name ? -1 : 1);
  if (sort === "name") return rows.toSorted((a, b) => sign * byName(a, b));
  const sizeOf = (row: Row) => row[MEASURE_OF[sort]] ?? row.selfSize;
  return rows.toSorted((a, b) => sign * (sizeOf(a) - sizeOf(b)) || byName(a, b));
}
