"use client";

import { type KeyboardEvent, memo, useMemo, useRef, useState } from "react";
import { Amount } from "#components/ui/amount.tsx";
import { KindMark, SideMark } from "#components/ui/marks.tsx";
import { MeasureLabel } from "#components/ui/measure.tsx";
import { Visible } from "#components/ui/visible.tsx";
import { formatCount, formatCounted } from "#lib/display/bytes.ts";
import { SIDES } from "#lib/display/sides.ts";
import { type AnyMapNodes, areCompared } from "#lib/model/map-nodes.ts";
import type { MeasureUnit } from "#lib/model/measure-unit.ts";
import type { MapSection } from "#lib/pictures/map/map-section.ts";
import { stratumName } from "./map-gutter.tsx";
import { listTreeRows, PORTION, type TreeRow, type TreeState } from "./tree-rows.ts";

interface MapTreeProps {
  readonly section: MapSection;
  readonly nodes: AnyMapNodes;
  readonly unit: MeasureUnit;
  /** Index of the selected node. */
  readonly selected: number | undefined;
  readonly onSelect: (node: number) => void;
}

/** The tree that the map draws, as a table: strata, the trees in them, what each node alone keeps under it. */
export const MapTree = memo(function MapTree(props: MapTreeProps) {
  const { section, nodes, unit, selected, onSelect } = props;
  const [state, setState] = useState<TreeState>({ open: new Set(["s0"]), shown: new Map() });
  const [focused, setFocused] = useState("s0");
  const table = useRef<HTMLTableElement>(null);
  const rows = useMemo(() => listTreeRows(section, state), [section, state]);
  const isSelected = (row: TreeRow) => row.type === "node" && section.nodeAt[row.value] === selected;
  const act = (row: TreeRow) => {
    if (row.type === "node") onSelect(section.nodeAt[row.value]!);
    else if (row.type === "more") setState(withMore(state, row.parent));
    else setState(withToggled(state, row.key));
  };
  const focus = (key: string | undefined) => {
    if (key === undefined) return;
    setFocused(key);
    table.current?.querySelector<HTMLElement>(`[data-key="${key}"]`)?.focus();
  };
  const press = (event: KeyboardEvent, row: TreeRow, i: number) => {
    if (event.target !== event.currentTarget) return;
    if (event.key === "ArrowDown") focus(rows[i + 1]?.key);
    else if (event.key === "ArrowUp") focus(rows[i - 1]?.key);
    else if (event.key === "Home") focus(rows[0]?.key);
    else if (event.key === "End") focus(rows.at(-1)?.key);
    else if (event.key === "ArrowRight" && row.open === false) setState(withToggled(state, row.key));
    else if (event.key === "ArrowRight" && row.open === true) focus(rows[i + 1]?.key);
    else if (event.key === "ArrowLeft" && row.open === true) setState(withToggled(state, row.key));
    else if (event.key === "ArrowLeft" && row.parent !== "") focus(row.parent);
    else if (event.key === "Enter" || event.key === " ") act(row);
    else return;
    event.preventDefault();
  };
  // A row may have been closed with the rows around it.
  const reachable = rows.some(({ key }) => key === focused) ? focused : "s0";
  return (
    <section aria-label="Nodes by stratum" className="relative p-4 sm:p-5">
      <h2 className="mb-1 text-base font-medium tracking-tight">Nodes by stratum</h2>
      {/* biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a table with this role is the pattern of ARIA's authoring guide */}
      <table ref={table} role="treegrid" aria-label="Nodes by stratum" className="data-table">
        <thead>
          <tr>
            <th className="heading">Name</th>
            <SizeHeadings compared={areCompared(nodes)} unit={unit} />
            <th className="heading hidden text-right md:table-cell">Reached from</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row, i) => (
            <tr
              key={row.key}
              data-key={row.key}
              aria-level={row.level}
              aria-expanded={row.open}
              aria-posinset={row.place}
              aria-setsize={row.of}
              aria-selected={isSelected(row) || undefined}
              tabIndex={row.key === reachable ? 0 : -1}
              onFocus={() => setFocused(row.key)}
              onKeyDown={(event) => press(event, row, i)}
              onClick={() => act(row)}
              className="cursor-pointer -outline-offset-2 hover:bg-shade aria-selected:bg-wash"
            >
              <td className="cell w-full max-w-0" style={{ paddingLeft: `${(row.level - 1) * 1.1}rem` }}>
                <span className="flex min-w-0 items-center gap-1.5">
                  <Toggle row={row} toggle={() => setState(withToggled(state, row.key))} />
                  <RowName row={row} section={section} nodes={nodes} />
                </span>
              </td>
              <Cells row={row} section={section} nodes={nodes} unit={unit} />
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
});

function withToggled(state: TreeState, key: string): TreeState {
  const open = new Set(state.open);
  if (!open.delete(key)) open.add(key);
  return { ...state, open };
}

function withMore(state: TreeState, parent: string): TreeState {
  return { ...state, shown: new Map(state.shown).set(parent, (state.shown.get(parent) ?? PORTION) + PORTION) };
}

/** For the pointer: the keyboard opens and closes a row with the arrows. */
function Toggle({ row, toggle }: { row: TreeRow; toggle: () => void }) {
  if (row.open === undefined) return <span className="w-4 shrink-0" />;
  return (
    <button
      type="button"
      tabIndex={-1}
      aria-hidden
      onClick={(event) => {
        event.stopPropagation();
        toggle();
      }}
      className="grid size-6 w-4 shrink-0 place-items-center text-dim hover:text-ink"
    >
      {row.open ? "▾" : "▸"}
    </button>
  );
}

interface RowProps extends Pick<MapTreeProps, "section" | "nodes"> {
  readonly row: TreeRow;
}

function RowName({ row, section, nodes }: RowProps) {
  if (row.type === "more") return <span className="text-link">{formatCounted(row.value, "more row")}: show more</span>;
  if (row.type === "stratum") {
    const stratum = section.strata[row.value]!;
    return <span className="truncate font-medium">{stratumName(stratum, section)}</span>;
  }
  const node = section.nodeAt[row.value]!;
  return (
    <>
      {areCompared(nodes) ? (
        <SideMark side={nodes.sides[node]!} label={SIDES[nodes.sides[node]!].label} />
      ) : (
        <KindMark kind={nodes.kinds[node]!} />
      )}
      <span className="truncate">
        <Visible text={nodes.names[node]!} /> <Visible text={nodes.versions[node]!} className="text-dim" />
      </span>
    </>
  );
}

function SizeHeadings({ compared, unit }: { compared: boolean; unit: MeasureUnit }) {
  if (compared) {
    return (
      <>
        <th className="heading text-right">Left</th>
        <th className="heading text-right">Right</th>
      </>
    );
  }
  return (
    <>
      {unit === "bytes" ? (
        <th className="heading text-right">
          <MeasureLabel name="selfSize" />
        </th>
      ) : null}
      <th className="heading hidden text-right sm:table-cell">
        <MeasureLabel name={unit === "bytes" ? "closureSize" : "closureCount"} />
      </th>
      <th className="heading text-right">
        <MeasureLabel name={unit === "bytes" ? "retainedSize" : "retainedCount"} />
      </th>
    </>
  );
}

function Cells({ row, section, nodes, unit }: RowProps & Pick<MapTreeProps, "unit">) {
  return (
    <>
      <SizeCells row={row} section={section} nodes={nodes} unit={unit} />
      <td className="cell hidden text-right md:table-cell">
        {row.type === "node" ? formatCount(section.reach[row.value]!) : null}
      </td>
    </>
  );
}

function SizeCells({ row, section, nodes, unit }: RowProps & Pick<MapTreeProps, "unit">) {
  const amount = (value: number | undefined) => (value === undefined ? null : <Amount value={value} unit={unit} />);
  const node = row.type === "node" ? section.nodeAt[row.value]! : -1;
  if (areCompared(nodes)) {
    return (
      <>
        <td className="cell text-right">{amount(nodes.leftSize[node])}</td>
        <td className="cell text-right">{amount(nodes.rightSize[node])}</td>
      </>
    );
  }
  const kept = row.type === "stratum" ? section.strata[row.value]!.bytes : nodes.retainedSize[node];
  return (
    <>
      {unit === "bytes" ? (
        <td className="cell text-right">{amount(row.type === "node" ? section.selfSize[row.value] : undefined)}</td>
      ) : null}
      <td className="cell hidden text-right sm:table-cell">{amount(nodes.closureSize[node])}</td>
      <td className="cell text-right">{amount(kept)}</td>
    </>
  );
}
