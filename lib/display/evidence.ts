import { Evidence } from "#lib/model/component.ts";

const NAMES = new Map<Evidence, string>(Object.entries(Evidence).map(([name, value]) => [value, name]));

/** `observed`, `declared` or `inferred`. */
export function toEvidenceName(evidence: Evidence): string {
  return NAMES.get(evidence) ?? "inferred";
}
