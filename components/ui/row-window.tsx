"use client";

import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useRef } from "react";
import { DataTable, type ShownColumn } from "#components/ui/data-table.tsx";
import { useRowPages } from "./use-row-pages.ts";

const ROW_HEIGHT = 36;
/** Rows rendered above and below those in view, so that Tab always finds the next one. */
const OVERSCAN = 10;
/** A box of unknown height, on the server. */
const FIRST_RECT = { width: 800, height: 640 };
/** Milliseconds without scrolling before the address says which row is first. */
const DEBOUNCE_MS = 250;

export interface RowWindowProps<Row> {
  readonly label: string;
  readonly columns: readonly ShownColumn<Row>[];
  /** The route of the rows, with the filter and the order. */
  readonly rowsHref: string;
  readonly count: number;
  /** The first visible row, and rows from `loadedFrom` on. */
  readonly row: number;
  readonly loadedFrom: number;
  readonly rows: readonly Row[];
}

interface WindowRow<Row> {
  readonly index: number;
  readonly row: Row | undefined;
}

/** All rows of a large table in a box that scrolls: rows in view are in the document, and are loaded when they come into view. */
export function RowWindow<Row>({ label, columns, rowsHref, count, row, loadedFrom, rows }: RowWindowProps<Row>) {
  const box = useRef<HTMLElement>(null);
  const virtual = useVirtualizer({
    count,
    getScrollElement: () => box.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: OVERSCAN,
    initialRect: FIRST_RECT,
    initialOffset: row * ROW_HEIGHT,
  });
  const items = virtual.getVirtualItems();
  const [from, to] = [items[0]?.index ?? 0, items.at(-1)?.index ?? 0];
  const rowAt = useRowPages(rowsHref, { first: loadedFrom, rows }, from, to);
  useAddress(Math.min(count - 1, Math.round((virtual.scrollOffset ?? 0) / ROW_HEIGHT)));
  return (
    <section
      ref={box}
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable region must take focus to be scrolled by keyboard (WCAG 2.1.1)
      tabIndex={0}
      className="node-window relative -mx-4 max-h-[75vh] overflow-auto px-4 sm:mx-0 sm:px-0 [&_thead]:sticky [&_thead]:top-0 [&_thead]:z-10 [&_thead]:bg-ground"
    >
      <DataTable
        rows={items.map(({ index }) => ({ index, row: rowAt(index) }))}
        keyOf={({ index }) => index}
        rowHeight={ROW_HEIGHT}
        rowClass={() => "group hover:bg-shade"}
        rowProps={({ index, row: shown }) => ({
          "aria-rowindex": index + 2,
          "aria-busy": shown === undefined || undefined,
        })}
        window={{ above: from * ROW_HEIGHT, below: (count - 1 - to) * ROW_HEIGHT, rowCount: count }}
        columns={columns.map(toWindowColumn)}
      />
    </section>
  );
}

/** A column whose cells are empty until their row is loaded. */
function toWindowColumn<Row>(column: ShownColumn<Row>): ShownColumn<WindowRow<Row>> {
  return {
    ...column,
    cell: ({ index, row }) => {
      if (row !== undefined) return column.cell(row);
      // A column with a hidden heading has links alone.
      return column.heading !== undefined ? null : (
        <span className="text-dim">{column.right ? "…" : `row ${index + 1}`}</span>
      );
    },
  };
}

/** Keeps the first visible row in the address, so that a reload and the back button show the same rows. */
function useAddress(row: number): void {
  useEffect(() => {
    const timer = setTimeout(() => {
      const next = new URL(window.location.href);
      if (row > 0) next.searchParams.set("row", `${row}`);
      else next.searchParams.delete("row");
      if (next.href !== window.location.href) window.history.replaceState(window.history.state, "", next);
    }, DEBOUNCE_MS);
    return () => clearTimeout(timer);
  }, [row]);
}
