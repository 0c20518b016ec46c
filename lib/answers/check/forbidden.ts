import { matchesComponent } from "#lib/analysis/gates/matches-component.ts";
import type { CheckedRule } from "#lib/model/check-answer.ts";
import { loadComponents, type Subject } from "./artifact-gates.ts";
import { reasonOf, toUnknown } from "./judge.ts";

/** One rule per pattern: the components of an artifact that match it. */
export async function checkForbidden(
  subject: Subject,
  artifact: number,
  patterns: readonly string[],
): Promise<CheckedRule[]> {
  const rows = patterns.map((limit) => ({ rule: "forbid", artifact, unit: "components", limit }) as const);
  try {
    const components = rows.length === 0 ? [] : await loadComponents(subject);
    return rows.map((row) => {
      const actual = components.filter((component) => matchesComponent(component, row.limit)).map(({ id }) => id);
      return { ...row, actual, excess: actual.length, passed: actual.length === 0, reason: "" };
    });
  } catch (error) {
    const reason = reasonOf(error);
    return rows.map((row) => toUnknown(row, reason));
  }
}
