import { isObject } from "#lib/formats/json/index.ts";
import { BASE_DIGEST, BASE_NAME } from "#lib/model/attached.ts";
import type { RebasedSide } from "#lib/model/rebase-answer.ts";

type Json = Readonly<Record<string, unknown>>;

/** The configurations of a rebase as they were written, and how many layers each has. */
export interface ConfigParts {
  readonly image: Json;
  readonly oldBase: Json;
  readonly newBase: Json;
  /** The three merged. Its history is not read. */
  readonly after: Json;
  readonly oldBaseLayers: number;
  readonly newBaseLayers: number;
  /** Of the image as it is. */
  readonly imageLayers: number;
  /** The step of the merge layer; `undefined` without one. */
  readonly mergeStep: string | undefined;
  readonly to: RebasedSide;
}

/**
 * The configuration of the rebased image, but `rootfs`: the settings of `after`, the steps of the new base, those of the image above its
 * old base, and the merge. It was created when the later of its parts was, so that it is the same each time.
 */
export function rebaseConfig(parts: ConfigParts): Json {
  const { image, newBase, after, newBaseLayers, mergeStep, to } = parts;
  const created = laterTime(image.created, newBase.created);
  const merge = mergeStep === undefined ? [] : [{ ...withTime(created), created_by: mergeStep }];
  const history = [...stepsOf(newBase, newBaseLayers), ...upperSteps(parts), ...merge];
  return { ...after, ...withTime(created), config: renameBase(after.config, to), history };
}

/** The steps above the old base: its own are first, unless it was stored anew. Steps without a layer may be of either. */
function upperSteps({ image, oldBase, imageLayers, oldBaseLayers }: ConfigParts): readonly Json[] {
  const steps = stepsOf(image, imageLayers);
  const below = stepsOf(oldBase, oldBaseLayers);
  if (below.every((step, i) => isEqual(step, steps[i]))) return steps.slice(below.length);
  let [at, layers] = [0, 0];
  for (; at < steps.length && layers < oldBaseLayers; at++) if (!isEmptyStep(steps[at]!)) layers++;
  const lastLayer = below.findLastIndex((step) => !isEmptyStep(step));
  const settings = below.slice(lastLayer + 1).map(({ created_by }) => created_by);
  while (at < steps.length && isEmptyStep(steps[at]!) && settings.includes(steps[at]!.created_by)) at++;
  return steps.slice(at);
}

/** The history, with a step for each layer: one that says nothing if what was recorded does not match the layers. */
function stepsOf({ history }: Json, layerCount: number): readonly Json[] {
  const steps = Array.isArray(history) ? history.filter(isObject) : [];
  const isMatched = steps.filter((step) => !isEmptyStep(step)).length === layerCount;
  return isMatched ? steps : Array.from({ length: layerCount }, () => ({ comment: "step not recorded" }));
}

function isEmptyStep({ empty_layer }: Json): boolean {
  return empty_layer === true;
}

/** By their text: both are read from JSON that one builder wrote, or are not equal. */
function isEqual(left: Json, right: Json | undefined): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}

function laterTime(...times: readonly unknown[]): string | undefined {
  const known = times.filter((time): time is string => typeof time === "string" && !Number.isNaN(Date.parse(time)));
  return known.toSorted((a, b) => Date.parse(a) - Date.parse(b)).at(-1);
}

function withTime(created: string | undefined): Json {
  return created === undefined ? {} : { created };
}

/** Labels that name the old base would have the image be found on it. */
function renameBase(config: unknown, { name, digest }: RebasedSide): unknown {
  if (!isObject(config) || !isObject(config.Labels)) return config;
  const named = [
    [BASE_NAME, name],
    [BASE_DIGEST, digest],
  ] as const;
  const labels = config.Labels;
  const renamed = named.filter(([label]) => label in labels);
  return { ...config, Labels: { ...labels, ...Object.fromEntries(renamed) } };
}
