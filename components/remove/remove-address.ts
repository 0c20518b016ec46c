import { defineAddress, parameter, type ValuesOf } from "#lib/display/address.ts";
import { ADVICE_CLASSES } from "#lib/model/advice.ts";
import { FOLDER_SORTS } from "#lib/model/advised-folders.ts";

/** Suspects selected at a time, and components that have to run: more than anyone chooses. */
const MAX_SELECTED = 64;

/** The query of the page Remove. */
export const removeAddress = defineAddress({
  take: parameter.someOf(ADVICE_CLASSES),
  keep: parameter.list(MAX_SELECTED, /^.{1,500}$/),
  sort: parameter.oneOf(["layer", "bytes", "listed", "selected"]),
  direction: parameter.direction,
  gone: parameter.list(MAX_SELECTED, /^(?:name-|kind-)?\d{1,9}$/),
  folder: parameter.once((text) => text.replace(/^\/|\/$/g, ""), ""),
  by: parameter.oneOf(FOLDER_SORTS),
  order: parameter.direction,
  folders: parameter.limit({ initial: 20, step: 100, max: 220 }),
});

export type RemoveParams = ValuesOf<typeof removeAddress>;
