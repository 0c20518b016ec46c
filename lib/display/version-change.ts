import { shortDigest } from "#lib/model/short-digest.ts";

/** A common beginning shorter than this is shown whole. */
const MAX_BEGINNING_LENGTH = 8;
const SEPARATOR = /[.+~:-]/;

/**
 * Two versions as `before → after`; where they begin alike for long, only from the last separator before they part:
 * `2.41-12+deb13u4` and `2.41-12+deb13u5` differ where a narrow column would have cut them.
 */
export function formatVersionChange(before: string, after: string): string {
  if (before === after || before === "") return after;
  if (after === "") return before;
  let common = 0;
  while (common < before.length && before[common] === after[common]) common++;
  while (common > 0 && !SEPARATOR.test(before[common - 1]!)) common--;
  if (common < MAX_BEGINNING_LENGTH) return `${before} → ${after}`;
  return `…${before.slice(common)} → …${after.slice(common)}`;
}

/** A version; of what belongs to no package, whose version is its layer's digest, the beginning of that. */
export function shortVersion(version: string): string {
  return version.startsWith("sha256:") ? shortDigest(version) : version;
}
