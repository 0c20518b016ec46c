import { defineAddress, parameter, type ValuesOf } from "#lib/display/address.ts";

export const WHATIF_PATH = "/whatif";

export const MODEL_SORTS = ["model", "storeBytes", "pullBytes"] as const;
export const UPDATED_SORTS = ["name", "to", "layers", "layersPull", "file"] as const;
export const HOLDER_SORTS = ["artifact", "name", "version", "selfSize"] as const;

/** The query of the page of update costs and of its files. */
export const whatifAddress = defineAddress({
  /** Components that are updated. */
  component: parameter.names,
  /** Artifacts that have them; none for all. */
  in: parameter.names,
  /** What each of these becomes. */
  to: parameter.names,
  modelsort: parameter.oneOf(MODEL_SORTS),
  modeldirection: parameter.direction,
  artifactsort: parameter.oneOf(UPDATED_SORTS),
  artifactdirection: parameter.direction,
  holdersort: parameter.oneOf(HOLDER_SORTS),
  holderdirection: parameter.direction,
  holders: parameter.limit({ initial: 40, step: 100, max: 300 }),
  artifacts: parameter.limit({ initial: 24, step: 100, max: 300 }),
});

export type WhatifParams = ValuesOf<typeof whatifAddress>;
