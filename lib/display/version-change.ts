import { shortDigest } from "#lib/model/short-digest.ts";

/** A shorter common beginning is shown in full. */
const MAX_BEGINNING_LENGTH = 8;
const SEPARATOR = /[.+~:-]/;

/**
 * Two versions as `before → after`; with a long common beginning, only from the last separator before the difference:
 * a narrow column would cut `2.41-12+deb13u4` and `2.41-12+deb13u5` where they differ.
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

/** A version; an unowned component's is its layer's digest, of which the beginning is shown. */
export function shortVersion(version: string): string {
  return version.startsWith("sha256:") ? shortDigest(version) : version;
}
