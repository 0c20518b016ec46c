"use client";

import { type CSSProperties, useSyncExternalStore } from "react";

/** Pixels. The drawing keeps at least two fifths of the window: see the style sheet. */
export const DEFAULT_PANEL = 340;
export const MIN_PANEL = 260;
export const MAX_PANEL = 720;

const SETTING = "stratigraph-panel-width";
const listeners = new Set<() => void>();
/** In a browser that refuses to keep anything, it lasts as long as the page. */
let width: number | undefined;

/** The width of the panel beside a drawing, as its reader set it. Kept in this browser. */
export function usePanelWidth(): number {
  return useSyncExternalStore(subscribe, readWidth, () => DEFAULT_PANEL);
}

/** For the element around a drawing and its panel: see `app/globals.css`. */
export function usePanelStyle(): CSSProperties {
  return { "--panel-width": `${usePanelWidth()}px` } as CSSProperties;
}

export function setPanelWidth(wanted: number): void {
  width = toWidth(wanted);
  try {
    localStorage.setItem(SETTING, `${width}`);
  } catch {
    // Not kept.
  }
  for (const changed of listeners) changed();
}

function subscribe(changed: () => void): () => void {
  listeners.add(changed);
  return () => listeners.delete(changed);
}

function readWidth(): number {
  width ??= readKept();
  return width;
}

function readKept(): number {
  try {
    return toWidth(Number(localStorage.getItem(SETTING) ?? DEFAULT_PANEL));
  } catch {
    return DEFAULT_PANEL;
  }
}

function toWidth(pixels: number): number {
  return Number.isFinite(pixels) ? Math.round(Math.min(MAX_PANEL, Math.max(MIN_PANEL, pixels))) : DEFAULT_PANEL;
}
