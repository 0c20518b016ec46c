import type { RelayerAnswer, RelayerGoal } from "#lib/model/relayer-answer.ts";
import type { LayerCompression } from "../sink/image-sink.ts";
import type { ImageTarget } from "../sink/image-target.ts";
import { checkTarget, writeImages } from "../sink/write-images.ts";
import { MemberSpill } from "./member-spill.ts";
import { type PreviousPlan, planCut } from "./plan-cut.ts";
import type { RelayerPlan } from "./plan-file.ts";
import { MemberReader } from "./read-members.ts";
import { readSet, type SetOptions } from "./read-set.ts";
import { compareUpdates } from "./updates.ts";
import { writeCut } from "./write-cut.ts";

/** What is asked of a set of images, as plain data. */
export interface RelayerWishes {
  /** Default: `update` for a single image, else `set`. */
  readonly goal?: RelayerGoal | undefined;
  /** Of each image. */
  readonly maxLayers: number;
  readonly previous?: PreviousPlan | undefined;
  readonly compression?: LayerCompression | undefined;
  /** Seconds since the epoch, taken as the time of everything: the trees then differ in times. */
  readonly mtime?: number | undefined;
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
  const { target } = options;
  if (target === undefined) return relayerWith(sources, options, undefined);
  await checkTarget(target, options);
  const spill = MemberSpill.open(target);
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
  const { mtime, signal, target, maxLayers, previous, onStep = () => undefined } = options;
  const set = await readSet(sources, new MemberReader({ spill, mtime, signal }), options);
  onStep("cutting layers");
  const goal = options.goal ?? (set.images.length === 1 ? "update" : "set");
  const { cut, table, answer, plan } = planCut(set, { goal, maxLayers, previous });
  const areVersions = goal === "update" && set.images.length > 1;
  const whole = areVersions ? { ...answer, updates: compareUpdates(set, maxLayers) } : answer;
  if (spill === undefined || target === undefined) return { answer: whole, plan };
  const { images, layers } = set;
  const source = { table, layers, spill, mtime };
  const written = await writeImages(target, options, (sink) => writeCut(sink, cut, images, { ...source, onStep }));
  return {
    answer: {
      ...whole,
      images: whole.images.map((image, at) => ({ ...image, written: written[at]! })),
      output: target.shown,
    },
    plan,
  };
}
