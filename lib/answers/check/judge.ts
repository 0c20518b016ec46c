import type { CheckedRule } from "#lib/model/check-answer.ts";
import type { GateRule } from "#lib/model/gates.ts";
import { UsageError } from "#lib/model/problem.ts";

/** The value of a rule, `null` if it is not known. */
export type Figure = number | null | { readonly actual: number | null; readonly estimated: boolean };

/** A rule with its limit, and the question that finds its value. */
export interface Gate {
  readonly rule: GateRule;
  readonly unit: "bytes" | "ratio" | "count";
  readonly limit: number;
  /** The limit is the least value allowed; else it is the greatest. */
  readonly isMinimum?: boolean;
  readonly details?: Pick<CheckedRule, "rung" | "base">;
  /** May throw a UsageError that says why the value is not known. */
  readonly load: () => Promise<Figure>;
  /** Why a value is `null`. */
  readonly unknown: string;
}

/** Compares a value with its limit. A value that is not known fails, with the reason. */
export async function judge(gate: Gate, artifact: number | null): Promise<CheckedRule> {
  const { rule, unit, limit, isMinimum = false, details, unknown } = gate;
  const row = { rule, artifact, unit, limit, ...details };
  const figure = await loadOrReason(gate);
  if (typeof figure === "string") return toUnknown(row, figure);
  const { actual, estimated } = typeof figure === "object" && figure ? figure : { actual: figure, estimated: false };
  if (actual === null) return toUnknown(row, unknown);
  const excess = Math.max(0, isMinimum ? limit - actual : actual - limit);
  return { ...row, actual, excess, passed: excess === 0, reason: "", ...(estimated ? { estimated } : {}) };
}

async function loadOrReason({ load }: Gate): Promise<Figure | string> {
  try {
    return await load();
  } catch (error) {
    return reasonOf(error);
  }
}

/** Why a question about an artifact has no answer. Throws all other errors. */
export function reasonOf(error: unknown): string {
  if (error instanceof UsageError) return error.message;
  throw error;
}

/** A rule whose value is not known. */
export function toUnknown(
  row: Pick<CheckedRule, "rule" | "artifact" | "unit" | "limit" | "rung" | "base">,
  reason: string,
): CheckedRule {
  return { ...row, actual: null, excess: null, passed: false, reason };
}
