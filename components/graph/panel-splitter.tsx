"use client";

import { type KeyboardEvent, type PointerEvent, useRef } from "react";
import { DEFAULT_PANEL, MAX_PANEL, MIN_PANEL, setPanelWidth, usePanelWidth } from "./panel-width.ts";

/** Pixels of a press of an arrow key. */
const STEP = 20;

interface PanelSplitterProps {
  /** Id of the panel at its right. */
  readonly controls: string;
  /** Which widths of the window have it. */
  readonly className: string;
}

/** The edge between a drawing and its panel, which the pointer and the arrow keys move; a double click resets it. */
export function PanelSplitter({ controls, className }: PanelSplitterProps) {
  const width = usePanelWidth();
  const held = useRef<{ readonly x: number; readonly width: number }>(undefined);
  const press = (event: KeyboardEvent) => {
    const next = widthAfter(event.key, width);
    if (next === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    setPanelWidth(next);
  };
  const move = ({ clientX }: PointerEvent) => {
    if (held.current !== undefined) setPanelWidth(held.current.width + held.current.x - clientX);
  };
  const release = () => {
    held.current = undefined;
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a separator that takes the focus is a window splitter, which hr is not.
    <div
      role="separator"
      aria-orientation="vertical"
      aria-label="Width of the panel"
      aria-controls={controls}
      aria-valuemin={MIN_PANEL}
      aria-valuemax={MAX_PANEL}
      aria-valuenow={width}
      aria-valuetext={`${width} pixels`}
      tabIndex={0}
      data-tip="Drag, or arrow keys: wider or narrower"
      className={`panel-splitter ${className}`}
      onKeyDown={press}
      onDoubleClick={() => setPanelWidth(DEFAULT_PANEL)}
      onPointerDown={(event) => {
        held.current = { x: event.clientX, width };
        event.currentTarget.setPointerCapture(event.pointerId);
      }}
      onPointerMove={move}
      onPointerUp={release}
      onPointerCancel={release}
    />
  );
}

/** The panel is at the right: its edge moves to the left as it widens. */
function widthAfter(key: string, width: number): number | undefined {
  if (key === "ArrowLeft") return width + STEP;
  if (key === "ArrowRight") return width - STEP;
  if (key === "Home") return MIN_PANEL;
  return key === "End" ? MAX_PANEL : undefined;
}
