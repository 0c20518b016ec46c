import type { ArtifactLabel } from "./artifact-label.ts";
import type { GateRule } from "./gates.ts";
import type { RungName } from "./rung.ts";

/** How the limit and the actual value of a rule are written; `components`: a pattern, and the ids that match it. */
export type GateUnit = "bytes" | "ratio" | "count" | "components";

/** A rule applied to one artifact, or to the set. */
export interface CheckedRule {
  readonly rule: GateRule;
  /** Position of the artifact; `null` if the rule is about the set, or about no artifact of it. */
  readonly artifact: number | null;
  readonly unit: GateUnit;
  readonly limit: number | string;
  /** `null` if it is not known: the rule then fails. */
  readonly actual: number | readonly string[] | null;
  /** The amount beyond the limit, or the number of forbidden components; 0 if passed, `null` if not known. */
  readonly excess: number | null;
  readonly passed: boolean;
  /** Why the value is not known; else "". */
  readonly reason: string;
  /** The actual value is an estimate. */
  readonly estimated?: true;
  readonly rung?: RungName;
  /** Id of the base that `maxAdded` compares with. */
  readonly base?: string;
}

/** The figures of an image by dive's own rule, which counts every copy of a path that occurs twice. Not our `wastedSize`. */
export interface DiveFigures {
  readonly diveSizeBytes: number;
  /** Bytes of all layers but the first. */
  readonly diveUserSizeBytes: number;
  readonly diveWastedBytes: number;
  readonly diveEfficiency: number;
  /** `diveWastedBytes` / `diveUserSizeBytes`; `null` for waste without user bytes, 0 for neither. */
  readonly diveUserWastedPercent: number | null;
}

export interface CheckAnswer {
  readonly artifacts: readonly Pick<ArtifactLabel, "id" | "name" | "kind">[];
  readonly passed: boolean;
  /** By artifact, for each rule in the order of GATE_RULES; those of the set last. */
  readonly rules: readonly CheckedRule[];
  /** Of the images that dive's rules were applied to. */
  readonly dive: readonly (DiveFigures & { readonly artifact: number })[];
}
