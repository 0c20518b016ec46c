import type { LayerChange } from "#lib/model/answer.ts";
import { type ComponentDifference, diffComponents, type Side } from "./diff-components.ts";
import { diffLayers } from "./diff-layers.ts";

/** Differences of two artifacts, files aside. Sizes in bytes. */
export interface Difference {
  /** Self sizes of all components: an image's `rootfsSize`, a closure's `closureSize`. */
  readonly totals: { readonly left: number; readonly right: number; readonly delta: number };
  /** The largest change first; the deltas sum to `totals.delta`, exactly. */
  readonly components: readonly ComponentDifference[];
  /** Empty if either side is a closure. */
  readonly layers: readonly LayerChange[];
}

/** Compares any two artifacts. */
export function diffArtifacts(left: Side, right: Side): Difference {
  const totals = { left: sumSelfSizes(left), right: sumSelfSizes(right) };
  const images = left.holding.kind === "image" && right.holding.kind === "image";
  return {
    totals: { ...totals, delta: totals.right - totals.left },
    components: diffComponents(left, right),
    layers: images ? diffLayers(layersOf(left), layersOf(right)) : [],
  };
}

function sumSelfSizes({ components }: Side): number {
  return components.reduce((sum, { selfSize }) => sum + selfSize, 0);
}

function layersOf({ holding }: Side) {
  return holding.kind === "image" ? holding.layers : [];
}
