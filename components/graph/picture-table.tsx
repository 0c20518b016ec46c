"use client";

import Link from "next/link";
import { useMemo, useState } from "react";
import { Bytes } from "#components/ui/bytes.tsx";
import { KindMark } from "#components/ui/kind-mark.tsx";
import { MeasureLabel } from "#components/ui/measure.tsx";
import { CutRow, SortHeading, type SortLink } from "#components/ui/table.tsx";
import { Visible } from "#components/ui/visible.tsx";
import { formatBytes, formatCounted } from "#lib/display/bytes.ts";
import type { GraphElement, GraphPicture } from "#lib/views/graph.ts";
import { type GraphState, graphAddress, withOpened } from "./graph-address.ts";
import { type ElementSort, sortElements } from "./sort-elements.ts";

const PORTION = 100;

/** Everything that is drawn, as a table: nodes and groups, sortable; a row chooses its node or opens its group. */
export function PictureTable({ picture, state }: { picture: GraphPicture; state: GraphState }) {
  const [shown, setShown] = useState(PORTION);
  const sort = (state.sort ?? "retained") as ElementSort;
  const direction = state.direction === "asc" ? "asc" : "desc";
  const rows = useMemo(() => sortElements(picture.elements, sort, direction), [picture, sort, direction]);
  const sortBy = (key: ElementSort): SortLink => {
    const chosen = key === sort;
    const next = chosen ? (direction === "desc" ? "asc" : "desc") : key === "name" ? "asc" : "desc";
    return { direction: chosen ? direction : undefined, href: graphAddress(state, { sort: key, direction: next }) };
  };
  const cut = rows.length - shown;
  return (
    <table className="w-full border-separate border-spacing-0 text-[0.8125rem]">
      <thead>
        <tr>
          <SortHeading sort={sortBy("name")} what="name">
            Name
          </SortHeading>
          <SortHeading sort={sortBy("self")} what="self size" align="right">
            <MeasureLabel name="selfSize" />
          </SortHeading>
          <SortHeading sort={sortBy("closure")} what="closure size" align="right" className="hidden xl:table-cell">
            <MeasureLabel name="closureSize" />
          </SortHeading>
          <SortHeading sort={sortBy("retained")} what="retained size" align="right">
            <MeasureLabel name="retainedSize" />
          </SortHeading>
        </tr>
      </thead>
      <tbody>
        {rows.slice(0, shown).map((element) => (
          <PictureRow key={element.key} element={element} state={state} />
        ))}
        {cut > 0 ? (
          <CutRow columns={4}>
            {formatCounted(cut, "more row")} ·{" "}
            <button type="button" onClick={() => setShown(shown + PORTION)} className="text-link">
              Show more
            </button>
          </CutRow>
        ) : null}
      </tbody>
    </table>
  );
}

const CELL = "h-8 border-b border-line px-2 first:pl-0 last:pr-0";

function PictureRow({ element, state }: { element: GraphElement; state: GraphState }) {
  const chosen = element.type === "node" && state.node === String(element.nodeIndex);
  return (
    <tr className={chosen ? "bg-wash" : "hover:bg-shade"} aria-selected={chosen || undefined}>
      <td className={`${CELL} max-w-0 w-full`}>
        {element.type === "group" ? (
          <GroupLink element={element} state={state} />
        ) : (
          <NodeLink element={element} state={state} />
        )}
      </td>
      <td className={`${CELL} text-right`}>
        <Bytes value={element.selfSize} />
      </td>
      <td className={`${CELL} hidden text-right xl:table-cell`}>
        <Bytes value={element.closureSize} />
      </td>
      <td className={`${CELL} text-right`}>
        <Bytes value={element.retainedSize} />
      </td>
    </tr>
  );
}

function NodeLink({ element, state }: { element: GraphElement; state: GraphState }) {
  return (
    <Link
      href={graphAddress(state, { node: String(element.nodeIndex) })}
      scroll={false}
      prefetch={false}
      className="flex items-center gap-2 hover:text-accent"
    >
      {element.kind === "group" ? null : <KindMark kind={element.kind} />}
      <span className="truncate">
        <Visible text={element.name} /> <span className="text-dim">{element.version}</span>
      </span>
    </Link>
  );
}

function GroupLink({ element, state }: { element: GraphElement; state: GraphState }) {
  const held = element.members.join(", ");
  return (
    <Link
      href={withOpened(state, element.nodeIndex)}
      scroll={false}
      prefetch={false}
      data-tip={`${formatCounted(element.count, "node")}, ${formatBytes(element.retainedSize)}: ${held}${element.count > element.members.length ? " …" : ""}`}
      className="flex items-center gap-2 hover:text-accent"
    >
      <span aria-hidden className="inline-block size-2.5 shrink-0 rounded-[2px] border border-dashed border-dim" />
      <span className="truncate">
        Open {formatCounted(element.count, "node")}
        <span className="text-dim">
          {" "}
          <Visible text={held} />
        </span>
      </span>
    </Link>
  );
}
