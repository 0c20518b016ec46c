import { defineAddress, parameter, type ValuesOf } from "#lib/display/address.ts";

export const WHATIF_PATH = "/whatif";

/** The query of the page of update costs and of its files. */
export const whatifAddress = defineAddress({
  /** Components that are updated. */
  component: parameter.names,
  /** Artifacts that have them; none for all. */
  in: parameter.names,
  /** What each of these becomes. */
  to: parameter.names,
  holders: parameter.limit({ initial: 40, step: 100, max: 300 }),
  artifacts: parameter.limit({ initial: 24, step: 100, max: 300 }),
});

export type WhatifParams = ValuesOf<typeof whatifAddress>;
