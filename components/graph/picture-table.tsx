"use client";

import { useMemo, useState } from "react";
import { Amount } from "#components/ui/amount.tsx";
import { DataTable, type ShownColumn } from "#components/ui/data-table.tsx";
import { KindMark, SideMark } from "#components/ui/marks.tsx";
import { RowLink } from "#components/ui/maybe-link.tsx";
import { sortLinks } from "#components/ui/sort-links.ts";
import { Visible } from "#components/ui/visible.tsx";
import { formatBytes, formatCounted } from "#lib/display/bytes.ts";
import { MEASURES, type MeasureName } from "#lib/display/measures.ts";
import { labelText } from "#lib/display/shown-text.ts";
import { SIDES } from "#lib/display/sides.ts";
import { formatVersionChange } from "#lib/display/version-change.ts";
import type { MeasureUnit } from "#lib/model/measure-unit.ts";
import type { GraphElement, GraphPicture } from "#lib/views/graph.ts";
import { type GraphState, graphAddress, withOpened } from "./graph-address.ts";

type ElementSort = "name" | "self" | "closure" | "retained";

const MEASURE_OF = { self: "selfSize", closure: "closureSize", retained: "retainedSize" } as const;

const PORTION = 100;

export interface PictureColumn {
  readonly sort: Exclude<ElementSort, "name">;
  readonly measure: MeasureName;
  /** Shown only if there is room. */
  readonly wide?: boolean;
}

interface PictureTableProps {
  readonly picture: GraphPicture;
  /** Cells after the name. */
  readonly columns: readonly PictureColumn[];
  readonly state: GraphState;
}

/** Everything in the drawing as a table: nodes and groups, sortable; a row selects its node or opens its group. */
export function PictureTable({ picture, columns, state }: PictureTableProps) {
  const [shown, setShown] = useState(PORTION);
  const sort = (state.sort ?? "retained") as ElementSort;
  const direction = state.direction === "asc" ? "asc" : "desc";
  const rows = useMemo(() => sortElements(picture.elements, sort, direction), [picture, sort, direction]);
  const sortBy = sortLinks({ sort, direction }, (key, next) => graphAddress(state, { sort: key, direction: next }));
  const isChosen = ({ type, nodeIndex }: GraphElement) => type === "node" && state.node === String(nodeIndex);
  return (
    <DataTable
      rows={rows}
      keyOf={({ key }) => key}
      rowClass={(element) => (isChosen(element) ? "bg-wash" : "hover:bg-shade")}
      rowProps={(element) => ({ "aria-selected": isChosen(element) || undefined })}
      limit={shown}
      rest={(count) => (
        <>
          {formatCounted(count, "more row")} ·{" "}
          <button type="button" onClick={() => setShown(shown + PORTION)} className="text-link">
            Show more
          </button>
        </>
      )}
      columns={[
        {
          name: "Name",
          sort: sortBy("name"),
          className: "max-w-0 w-full",
          cell: (element) =>
            element.type === "group" ? (
              <GroupLink element={element} unit={picture.unit} state={state} />
            ) : (
              <NodeLink element={element} state={state} />
            ),
        },
        ...columns.map(
          ({ sort: key, measure, wide }): ShownColumn<GraphElement> => ({
            name: MEASURES[measure].label,
            measure,
            right: true,
            sort: sortBy(key),
            from: wide ? "xl" : undefined,
            cell: (element) => <Amount value={sizeOf(element, key)} unit={picture.unit} />,
          }),
        ),
      ]}
    />
  );
}

function NodeLink({ element, state }: { element: GraphElement; state: GraphState }) {
  return (
    <RowLink href={graphAddress(state, { node: String(element.nodeIndex) })}>
      <ElementMark element={element} />
      <span className="truncate">
        <Visible text={element.name} />{" "}
        <Visible text={formatVersionChange(element.versionBefore ?? "", element.version)} className="text-dim" />
      </span>
    </RowLink>
  );
}

function ElementMark({ element: { side, kind } }: { element: GraphElement }) {
  if (side !== undefined) return <SideMark side={side} label={SIDES[side].label} />;
  return kind === "group" ? null : <KindMark kind={kind} />;
}

function GroupLink({ element, unit, state }: { element: GraphElement; unit: MeasureUnit; state: GraphState }) {
  const { nodeIndex, count, retainedSize, members } = element;
  const nodes = formatCounted(count, "node");
  const held = members.join(", ");
  const size = unit === "bytes" ? `, ${formatBytes(retainedSize)}` : "";
  const tip = `${nodes}${size}: ${held}${count > members.length ? " …" : ""}`;
  return (
    <RowLink href={withOpened(state, nodeIndex)} data-tip={labelText(tip)}>
      <span aria-hidden className="inline-block size-2.5 shrink-0 rounded-[2px] border border-dashed border-dim" />
      <span className="truncate">
        Open {nodes} <Visible text={held} className="text-dim" />
      </span>
    </RowLink>
  );
}

/** The size of a box in the table's column with this order. */
function sizeOf(element: GraphElement, sort: keyof typeof MEASURE_OF): number {
  return element[MEASURE_OF[sort]];
}

/** The boxes of a drawing in the order of a table; equal ones by name, so that the order is deterministic. */
function sortElements(elements: readonly GraphElement[], sort: ElementSort, direction: "asc" | "desc"): GraphElement[] {
  const sign = direction === "asc" ? 1 : -1;
  const byName = (a: GraphElement, b: GraphElement) =>
    a.name === b.name ? (a.key < b.key ? -1 : 1) : a.name < b.name ? -1 : 1;
  if (sort === "name") return elements.toSorted((a, b) => sign * byName(a, b));
  return elements.toSorted((a, b) => sign * (sizeOf(a, sort) - sizeOf(b, sort)) || byName(a, b));
}
