import { defineAddress, parameter, type ValuesOf } from "#lib/display/address.ts";
import { VERSION_MEASURES, VERSION_ORDERS } from "#lib/model/name-version.ts";

export const VERSION_SORTS = ["time", "size", "delta", "added", "removed", "changed"] as const;
export type VersionSort = (typeof VERSION_SORTS)[number];

/** The query of a name's page and of its CSV file. */
export const versionsAddress = defineAddress({
  size: parameter.oneOf(VERSION_MEASURES),
  order: parameter.oneOf(VERSION_ORDERS),
  /** Key of the series: kind and platform. */
  of: parameter.text,
  sort: parameter.oneOf(VERSION_SORTS, "time"),
  direction: parameter.direction,
  rows: parameter.limit({ initial: 24, step: 50, max: 200 }),
});

export type VersionsParams = ValuesOf<typeof versionsAddress>;
