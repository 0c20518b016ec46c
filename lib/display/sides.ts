import type { ChangeKind, FileChangeKind, LayerChangeKind } from "#lib/model/answer.ts";

/** The four states of a component in a comparison of two. Each has one colour and one sign, everywhere. */
export type Side = "left" | "right" | "both" | "changed";

interface SideLook {
  /** CSS custom property of `app/globals.css`. */
  readonly colour: string;
  /** Beside the colour, never instead of it: some readers cannot see the colour. */
  readonly sign: string;
  readonly label: string;
}

export const SIDES: Readonly<Record<Side, SideLook>> = {
  left: { colour: "var(--side-left)", sign: "−", label: "only left" },
  right: { colour: "var(--side-right)", sign: "+", label: "only right" },
  both: { colour: "var(--side-both)", sign: "=", label: "both" },
  changed: { colour: "var(--side-changed)", sign: "≠", label: "changed" },
};

/** What differs. */
export const CHANGED_SIDES = ["left", "right", "changed"] as const satisfies readonly Side[];

/** The colour that a side has on a map: of a cell, or of a frame's own part. What is the same is faint. */
export function mapSideColour(side: Side, part: "fill" | "own"): string {
  const share = side === "both" ? `--same-${part}-share` : `--side-${part}-share`;
  return `color-mix(in srgb, ${SIDES[side].colour} calc(100% * var(${share})), var(--ground))`;
}

export const SIDE_OF_CHANGE: Readonly<Record<ChangeKind | FileChangeKind | LayerChangeKind, Side>> = {
  added: "right",
  removed: "left",
  same: "both",
  changed: "changed",
  moved: "changed",
  content: "changed",
  metadata: "changed",
};
