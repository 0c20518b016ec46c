import * as v from "valibot";
import { checkJson, countField, objectOf, parseBoundedJson } from "#lib/formats/json/index.ts";
import { InputError } from "#lib/model/problem.ts";
import { RELAYER_GOALS, type RelayerGoal } from "#lib/model/relayer-answer.ts";
import type { Placement } from "./place-groups.ts";

/** Bytes of a plan: some 150 for each component, of which an image may have 100,000. */
export const MAX_PLAN_BYTES = 32 * 1024 ** 2;
const MAX_PLAN_DEPTH = 8;

const FORMAT = "stratigraph-relayer-plan";
/** Of the file's form. A plan of another version is refused, since it would not keep layers where they were. */
const VERSION = 1;

const planSchema = objectOf({
  format: v.literal(FORMAT),
  version: v.literal(VERSION),
  goal: v.picklist(RELAYER_GOALS),
  maxLayers: countField,
  images: v.array(objectOf({ name: v.string(), digest: v.string(), layers: v.array(countField) })),
  layers: v.array(objectOf({ name: v.string(), key: v.string(), bytes: countField })),
  groups: v.array(
    objectOf({
      name: v.string(),
      layer: v.optional(v.string()),
      fingerprint: v.string(),
      seen: countField,
      changed: countField,
    }),
  ),
});

/** What was cut, so that the next version can be cut the same way. */
export type RelayerPlan = Omit<v.InferOutput<typeof planSchema>, "format" | "version">;

/** The text of a plan's file. The same plan gives the same text. */
export function formatPlan(plan: RelayerPlan): string {
  return `${JSON.stringify({ format: FORMAT, version: VERSION, ...plan }, null, 1)}\n`;
}

/** Reads a plan. Throws InputError naming `place`. */
export function parsePlan(bytes: Uint8Array, place: string): RelayerPlan {
  const json = parseBoundedJson(bytes, place, { maxBytes: MAX_PLAN_BYTES, maxDepth: MAX_PLAN_DEPTH });
  const { format: _, version: __, ...plan } = checkJson(planSchema, json, (faults) => toError(faults, place));
  return plan;
}

function toError(faults: string, place: string): InputError {
  return new InputError("bad-json", place, `not a plan of relayer, version ${VERSION}: ${faults}`);
}

/** What a plan for updates remembers of each group. Throws InputError for one with the other goal. */
export function toPlacement({ goal, groups }: RelayerPlan, place: string): Placement {
  if (goal !== ("update" satisfies RelayerGoal)) {
    throw new InputError("unsupported", place, "a plan for the bytes of a set; only one for updates can be continued");
  }
  return new Map(groups.map(({ name, layer, ...group }) => [name, { layer, ...group }]));
}
