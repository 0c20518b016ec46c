import type { ListedFinding } from "#lib/exports/tables/rebase.ts";
import type { RebaseParams } from "./rebase-address.ts";

export type FindingFilter = Pick<RebaseParams, "check" | "layer" | "q">;

/** The findings that pass all filters: a check, a layer, and part of the path or of what is said of it, in upper or lower case. */
export function filterFindings(
  findings: readonly ListedFinding[],
  { check, layer, q }: FindingFilter,
): readonly ListedFinding[] {
  // Paths are listed with a leading slash, and stored without one.
  const wanted = q.toLowerCase();
  const matches = ({ path, message, evidence }: ListedFinding) =>
    [path === "" ? "" : `/${path}`, message, evidence].some((text) => text.toLowerCase().includes(wanted));
  return findings.filter(
    (finding) =>
      (check === undefined || finding.check === check) &&
      (layer === undefined || finding.layer === layer) &&
      matches(finding),
  );
}

/** How many findings have each value, the most frequent first; findings without a value are left out. */
export function countBy<Value>(
  findings: readonly ListedFinding[],
  pick: (finding: ListedFinding) => Value | undefined,
): readonly { readonly value: Value; readonly count: number }[] {
  const counts = new Map<Value, number>();
  for (const finding of findings) {
    const value = pick(finding);
    if (value !== undefined) counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return [...counts].map(([value, count]) => ({ value, count })).sort((a, b) => b.count - a.count);
}
