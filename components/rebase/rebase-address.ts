import { defineAddress, parameter, type ValuesOf } from "#lib/display/address.ts";
import { REBASE_CHECKS } from "#lib/model/rebase-answer.ts";

export const REBASE_PATH = "/lineage/rebase";

export const FINDING_SORTS = ["weight", "check", "path", "layer"] as const;
/** Findings that the rebase causes, and those that the image has on its old base, too. */
export const FINDING_LISTS = ["findings", "before"] as const;
/** Far more than a manifest can name. */
const MAX_LAYER = 9999;

/** The query of the page of a rebase: three images, one that was built anew to compare with, and which findings are listed. */
export const rebaseAddress = defineAddress({
  image: parameter.text,
  from: parameter.text,
  to: parameter.text,
  against: parameter.text,
  list: parameter.oneOf(FINDING_LISTS, "findings"),
  check: parameter.oneOf(REBASE_CHECKS),
  /** Position of a layer of the image. */
  layer: parameter.integer(0, MAX_LAYER),
  /** Part of a path, or of what a finding says. */
  q: parameter.text,
  sort: parameter.oneOf(FINDING_SORTS),
  direction: parameter.direction,
  rows: parameter.limit({ initial: 50, step: 100, max: 300 }),
});

export type RebaseParams = ValuesOf<typeof rebaseAddress>;

const FINDINGS_ANCHOR = "#all-findings";

/** The page with some parameters changed, at its table of findings. */
export function findingsHref(params: RebaseParams, changes: Partial<RebaseParams>): string {
  return rebaseAddress.format(REBASE_PATH, { ...params, ...changes }) + FINDINGS_ANCHOR;
}

/** The findings of one check alone, in their first order. */
export function checkHref(params: RebaseParams, changes: Pick<Partial<RebaseParams>, "check" | "list">): string {
  const { image, from, to, against } = params;
  return rebaseAddress.format(REBASE_PATH, { image, from, to, against, ...changes }) + FINDINGS_ANCHOR;
}

/** The link to more rows of the table. */
export function moreFindingsHref(params: RebaseParams): string | undefined {
  return rebaseAddress.more(REBASE_PATH, params, "rows", FINDINGS_ANCHOR);
}
