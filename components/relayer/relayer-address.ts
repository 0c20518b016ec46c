import { defineAddress, parameter, type ValuesOf } from "#lib/display/address.ts";
import { MAX_LAYERS_OF_IMAGE, RELAYER_GOALS } from "#lib/model/relayer-answer.ts";

export const RELAYER_PATH = "/lineage/relayer";

const DEFAULT_LAYERS = 64;
export const RUNG_SORTS = ["rung", "bytes", "layers", "closed", "shared"] as const;
export const IMAGE_SORTS = ["name", "layersBefore", "layers", "bytesBefore", "bytes"] as const;
export const LAYER_SORTS = ["bytes", "imageCount", "groups"] as const;
export const UPDATE_SORTS = ["to", "built", "fresh", "kept", "files"] as const;

/** The query of the page of a relayering and of its files. */
export const relayerAddress = defineAddress({
  /** Names and patterns, also given several times. */
  image: parameter.names,
  /** The most layers that an image may have. */
  layers: parameter.integer(1, MAX_LAYERS_OF_IMAGE, DEFAULT_LAYERS),
  goal: parameter.oneOf(RELAYER_GOALS),
  show: parameter.oneOf(["shared", "all"], "shared"),
  rungsort: parameter.oneOf(RUNG_SORTS),
  rungdirection: parameter.direction,
  imagesort: parameter.oneOf(IMAGE_SORTS),
  imagedirection: parameter.direction,
  layersort: parameter.oneOf(LAYER_SORTS),
  layerdirection: parameter.direction,
  updatesort: parameter.oneOf(UPDATE_SORTS),
  updatedirection: parameter.direction,
  rows: parameter.limit({ initial: 16, step: 100, max: 300 }),
});

export type RelayerParams = ValuesOf<typeof relayerAddress>;

/** A table of the page as a CSV file. */
export function relayerCsvPath(table: string, { image, layers, goal, show }: RelayerParams): string {
  return relayerAddress.format(`${RELAYER_PATH}/${table}.csv`, { image, layers, goal, show });
}

/** The page with some parameters changed, at one of its sections. */
export function relayerHref(params: RelayerParams, changes: Partial<RelayerParams>, anchor = ""): string {
  return `${relayerAddress.format(RELAYER_PATH, { ...params, ...changes })}${anchor === "" ? "" : `#${anchor}`}`;
}
