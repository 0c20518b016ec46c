import { nameArtifacts } from "#lib/display/artifact-names.ts";
import { formatBytes, formatCount } from "#lib/display/bytes.ts";
import type { CheckAnswer, CheckedRule } from "#lib/model/check-answer.ts";
import { column, type Table, toTable } from "../table.ts";

/** Decimals of a ratio: dive's thresholds have two or three. */
const RATIO_DECIMALS = 4;
const WHOLE_SET = "the set";

/** The rules with their values, and by how much those that fail are beyond their limits. */
export function toCheckTable({ artifacts, rules }: CheckAnswer): Table {
  const names = nameArtifacts(artifacts);
  return toTable(
    "",
    [
      column<CheckedRule>("Verdict", "text", ({ passed }) => (passed ? "pass" : "FAIL")),
      column<CheckedRule>("Rule", "text", ({ rule, rung }) => (rung === undefined ? rule : `${rule} (${rung})`)),
      column<CheckedRule>("Limit", "text", ({ limit, unit }) => formatValue(limit, unit)),
      column<CheckedRule>("Actual", "text", (row) => formatActual(row)),
      column<CheckedRule>("Beyond", "text", ({ excess, unit }) => formatExcess(excess, unit)),
      column<CheckedRule>("Artifact", "text", ({ artifact }) => (artifact === null ? WHOLE_SET : names[artifact]!)),
    ],
    rules,
  );
}

/** One line per rule whose value is not known, and per forbidden component. */
export function listCheckNotes({ artifacts, rules }: CheckAnswer): string[] {
  const names = nameArtifacts(artifacts);
  return rules.flatMap(({ rule, artifact, actual, limit, reason }) => {
    const place = artifact === null ? rule : `${rule}, ${names[artifact]!}`;
    if (reason !== "") return [`${place}: ${reason}`];
    return Array.isArray(actual) ? actual.map((id: string) => `${place}: ${limit} matches ${id}`) : [];
  });
}

function formatActual({ actual, unit, estimated }: CheckedRule): string {
  if (actual === null) return "not known";
  if (typeof actual !== "number") return formatCount(actual.length);
  return `${estimated ? "≈ " : ""}${formatValue(actual, unit)}`;
}

function formatExcess(excess: number | null, unit: CheckedRule["unit"]): string | null {
  return excess === null || excess === 0 ? null : formatValue(excess, unit === "components" ? "count" : unit);
}

function formatValue(value: number | string, unit: CheckedRule["unit"]): string {
  if (typeof value === "string") return value;
  if (unit === "ratio") return formatRatio(value);
  return unit === "bytes" ? formatBytes(value) : formatCount(value);
}

/** Never 0 for an excess above it. */
function formatRatio(ratio: number): string {
  const rounded = Number(ratio.toFixed(RATIO_DECIMALS));
  return rounded === 0 && ratio > 0 ? ratio.toPrecision(1) : String(rounded);
}
