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

export const SIDE_OF_CHANGE: Readonly<Record<ChangeKind | FileChangeKind | LayerChangeKind, Side>> = {
  added: "right",
  removed: "left",
  same: "both",
  changed: "changed",
  moved: "changed",
  content: "changed",
  metadata: "changed",
};
