import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { errorCode } from "#lib/model/error-code.ts";
import { UnreachableError } from "#lib/model/problem.ts";
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

export interface RelayerOptions extends SetOptions {
  readonly goal: RelayerGoal;
  /** Of each image. */
  readonly maxLayers: number;
  /** With the place that names it in messages. */
  readonly previous?: { readonly plan: RelayerPlan; readonly place: string } | undefined;
  readonly target?: ImageTarget | undefined;
  readonly compression?: LayerCompression;
  /** Seconds since the epoch, taken as the time of everything: the trees then differ in times. */
  readonly mtime?: number | undefined;
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
  const { target } = options;
  if (target === undefined) return relayerWith(sources, options, undefined);
  const folder = makeFolder(target);
  try {
    const spill = new MemberSpill(join(folder, "members"));
    try {
      return await relayerWith(sources, options, spill);
    } finally {
      spill.close();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Beside what is written, where there is as much room. */
function makeFolder(target: ImageTarget): string {
  const parent = "path" in target ? dirname(target.path) : tmpdir();
  try {
    return mkdtempSync(join(parent, ".stratigraph-relayer-"));
  } catch (cause) {
    throw new UnreachableError(`${parent}: cannot be written (${errorCode(cause)})`, { cause });
  }
}

async function relayerWith(
  sources: readonly string[],
  options: RelayerOptions,
  spill: MemberSpill | undefined,
): Promise<Relayered> {
  const { mtime, signal, target } = options;
  const read = await readSet(sources, new MemberReader({ spill, mtime, signal }), options);
  const { images, layers } = read;
  const { units, table, groups } = listSetUnits(images);
  const input = { images: units, table, maxLayers: options.maxLayers };
  const placement = options.goal === "update" ? place(input, groups, options) : undefined;
  const names = { images: images.map(({ image }) => image.name), groups };
  const cut = placement === undefined ? cutSet(input, names) : cutGroups(input, groups, placement);
  const described = describeCut(cut, images, { ...options, table, layers });
  const plan = toPlan(cut, images, placement, options);
  if (spill === undefined || target === undefined) return { answer: described, plan };
  const source = { table, layers, spill, mtime };
  const written = await writeImages(target, options, (sink) => writeCut(sink, cut, images, source));
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
  { goal, maxLayers }: RelayerOptions,
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
