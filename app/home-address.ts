import { defineAddress, parameter, type ValuesOf } from "#lib/display/address.ts";

/** The home page's URL: `?q=&kind=&sort=&direction=&limit=`. */
export const homeAddress = defineAddress({
  q: parameter.text,
  kind: parameter.oneOf(["image", "closure", "sbom"]),
  sort: parameter.oneOf(["scanned", "name", "bytes", "wasted", "layers", "nodes", "download"]),
  direction: parameter.direction,
  limit: parameter.limit({ initial: 100, step: 100, max: 300 }),
});

export type HomeParams = ValuesOf<typeof homeAddress>;
