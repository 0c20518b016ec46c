import { defineAddress, parameter, type ValuesOf } from "#lib/display/address.ts";
import { REBASE_CHECKS } from "#lib/model/rebase-answer.ts";

export const REBASE_PATH = "/lineage/rebase";

/** The query of the page of a rebase: three images, and one that was built anew to compare with. */
export const rebaseAddress = defineAddress({
  image: parameter.text,
  from: parameter.text,
  to: parameter.text,
  against: parameter.text,
  /** Checks whose findings are all listed. */
  all: parameter.someOf(REBASE_CHECKS),
});

export type RebaseParams = ValuesOf<typeof rebaseAddress>;
