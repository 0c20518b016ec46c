import { join } from "node:path";
import type { RelayerAnswer, RelayerGoal } from "#lib/model/relayer-answer.ts";
import type { LayerCompression } from "../sink/image-sink.ts";
import type { ImageTarget } from "../sink/image-target.ts";
import { writeImages } from "../sink/write-images.ts";
import { describeCut } from "./describe-cut.ts";
import { listGroups } from "./file-groups.ts";
import { type CutInput, cutGroups, cutSet, type LayerCut } from "./layer-cut.ts";
import { MemberSpill } from "./member-spill.ts";
import { type ReadImage, readSet, type SetOptions } from "./open-set.ts";
import { type Placement, placeGroups } from "./place-groups.ts";
import { type RelayerPlan, toPlacement } from "./plan-file.ts";
import { MemberReader } from "./read-members.ts";
import { listSetUnits } from "./set-units.ts";
import { writeCut } from "./write-cut.ts";

/** What is asked of a set of images, as plain data. */
export interface RelayerWishes {
  /** Default: `update` for a single image, else `set`. */
  readonly goal?: RelayerGoal | undefined;
  /** Of each image. */
  readonly maxLayers: number;
  /** With the place that names it in messages. */
  readonly previous?: { readonly plan: RelayerPlan; readonly place: string } | undefined;
  readonly compression?: LayerCompression | undefined;
  /** Seconds since the epoch, taken as the time of everything: the trees then differ in times. */
  readonly mtime?: number | undefined;
  /** A folder for what is read, as large as the layers unpacked. Used if there is a target. */
  readonly workDir: string;
}

export interface RelayerOptions extends RelayerWishes, SetOptions {
  readonly target?: ImageTarget | undefined;
}

/** What was cut, and how, so that a later version can be cut the same way. */
export interface Relayered {
  readonly answer: RelayerAnswer;
  readonly plan: RelayerPlan;
}

/**
 * Cuts images into layers by what they share, each with the squashed tree that it has. Writes them if there is a target; else only says
 * what they would be. Throws UsageError, InputError, UnreachableError.
 */
export async function relayer(sources: readonly string[], options: RelayerOptions): Promise<Relayered> {
  if (options.target === undefined) return relayerWith(sources, options, undefined);
  const spill = new MemberSpill(join(options.workDir, "members"));
  try {
    return await relayerWith(sources, options, spill);
  } finally {
    spill.close();
  }
}

async function relayerWith(
  sources: readonly string[],
  options: RelayerOptions,
  spill: MemberSpill | undefined,
): Promise<Relayered> {
  const { mtime, signal, target, maxLayers, onStep = () => undefined } = options;
  const { images, layers } = await readSet(sources, new MemberReader({ spill, mtime, signal }), options);
  onStep("cutting layers");
  const goal = options.goal ?? (images.length === 1 ? "update" : "set");
  const { units, table, groups } = listSetUnits(images);
  const input = { images: units, table, maxLayers };
  const placement = goal === "update" ? place(input, groups, options) : undefined;
  const names = { images: images.map(({ image }) => image.name), groups };
  const cut = placement === undefined ? cutSet(input, names) : cutGroups(input, groups, placement);
  const described = describeCut(cut, images, { ...options, goal, table, layers });
  const plan = toPlan(cut, images, placement, { goal, maxLayers });
  if (spill === undefined || target === undefined) return { answer: described, plan };
  const source = { table, layers, spill, mtime };
  const written = await writeImages(target, options, (sink) => writeCut(sink, cut, images, { ...source, onStep }));
  return {
    answer: {
      ...described,
      images: described.images.map((image, at) => ({ ...image, written: written[at]! })),
      output: target.shown,
    },
    plan,
  };
}

/** One layer of each image is its top. */
function place(input: CutInput, names: readonly string[], { maxLayers, previous }: RelayerOptions): Placement {
  const known = previous && toPlacement(previous.plan, previous.place);
  return placeGroups(listGroups(input, names), maxLayers - 1, known);
}

function toPlan(
  cut: LayerCut,
  images: readonly ReadImage[],
  placement: Placement | undefined,
  { goal, maxLayers }: Pick<RelayerPlan, "goal" | "maxLayers">,
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
