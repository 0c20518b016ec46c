import type { RelayerAnswer, RelayerGoal } from "#lib/model/relayer-answer.ts";
import { describeCut } from "./describe-cut.ts";
import { listGroups } from "./file-groups.ts";
import { type CutInput, cutGroups, cutSet, type LayerCut } from "./layer-cut.ts";
import { type Placement, placeGroups } from "./place-groups.ts";
import { type RelayerPlan, toPlacement } from "./plan-file.ts";
import type { ReadImage, ReadSet } from "./read-set.ts";
import { listSetUnits } from "./set-units.ts";
import type { UnitTable } from "./unit-table.ts";

/** The plan of the version before, with the place that names it in messages. */
export interface PreviousPlan {
  readonly plan: RelayerPlan;
  readonly place: string;
}

export interface CutWishes {
  readonly goal: RelayerGoal;
  /** Of each image. */
  readonly maxLayers: number;
  readonly previous?: PreviousPlan | undefined;
}

/** How images are cut: nothing is written yet. */
export interface PlannedCut {
  readonly cut: LayerCut;
  readonly table: UnitTable;
  readonly answer: RelayerAnswer;
  readonly plan: RelayerPlan;
}

/** Cuts images that were read. `set.layers` may have layers of other images, too. Throws InputError. */
export function planCut(set: ReadSet, wishes: CutWishes): PlannedCut {
  const { goal, maxLayers } = wishes;
  const { units, table, groups } = listSetUnits(set.images);
  const input = { images: units, table, maxLayers };
  const placement = goal === "update" ? place(input, groups, wishes) : undefined;
  const names = { images: set.images.map(({ image }) => image.name), groups };
  const cut = placement === undefined ? cutSet(input, names) : cutGroups(input, groups, placement);
  const answer = describeCut(cut, set, { ...wishes, units, table, groups });
  return { cut, table, answer, plan: toPlan(cut, set.images, placement, wishes) };
}

/** One layer of each image is its top. */
function place(input: CutInput, names: readonly string[], { maxLayers, previous }: CutWishes): Placement {
  const known = previous && toPlacement(previous.plan, previous.place);
  return placeGroups(listGroups(input, names), maxLayers - 1, known);
}

function toPlan(
  cut: LayerCut,
  images: readonly ReadImage[],
  placement: Placement | undefined,
  { goal, maxLayers }: CutWishes,
): RelayerPlan {
  const groups = [...(placement ?? [])].sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    goal,
    maxLayers,
    images: images.map(({ image: { name, digest } }, at) => ({ name, digest, layers: [...cut.images[at]!] })),
    layers: cut.layers.map(({ name, key, bytes }) => ({ name, key, bytes })),
    groups: groups.map(([name, group]) => ({ name, ...group })),
  };
}
