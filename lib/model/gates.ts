import type { RungName } from "./rung.ts";

/** dive's rules, in dive's spelling. */
export const DIVE_RULES = ["lowestEfficiency", "highestWastedBytes", "highestUserWastedPercent"] as const;

/** Our rules about one artifact, and those about the whole set. */
export const ARTIFACT_RULES = [
  "maxRootfsSize",
  "maxClosureSize",
  "maxDownloadSize",
  "maxAdded",
  "maxUnowned",
  "maxDuplicateVersions",
  "forbid",
] as const;
export const SET_RULES = ["minShared", "maxUnshared", "maxOrderPenalty"] as const;

export const GATE_RULES = [...DIVE_RULES, ...ARTIFACT_RULES, ...SET_RULES] as const;
export type GateRule = (typeof GATE_RULES)[number];

/** dive's thresholds of missing keys (its `DefaultCIRules`); `highestWastedBytes` is disabled. */
export const DEFAULT_LOWEST_EFFICIENCY = 0.9;
export const DEFAULT_HIGHEST_USER_WASTED_PERCENT = 0.1;

/** A limit in bytes on a rung; without one, the rung that the question has by default. */
export interface RungLimit {
  readonly bytes: number;
  readonly rung?: RungName;
}

/** A limit in bytes, or as a share of the image. */
export type ShareLimit = { readonly bytes: number } | { readonly share: number };

/** The active rules of a configuration: a disabled rule is left out. Sizes in bytes, ratios from 0 to 1. */
export interface Gates {
  readonly lowestEfficiency?: number;
  readonly highestWastedBytes?: number;
  readonly highestUserWastedPercent?: number;
  readonly maxRootfsSize?: number;
  readonly maxClosureSize?: number;
  readonly maxDownloadSize?: number;
  /** `base`: the name of the artifact that is there already. */
  readonly maxAdded?: RungLimit & { readonly base?: string };
  readonly maxUnowned?: ShareLimit;
  readonly maxDuplicateVersions?: number;
  /** Patterns of components (`matchesComponent`). */
  readonly forbid?: readonly string[];
  readonly minShared?: RungLimit;
  readonly maxUnshared?: number;
  readonly maxOrderPenalty?: number;
}
