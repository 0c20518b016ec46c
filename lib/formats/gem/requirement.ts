import {
  bump,
  compareGemVersions,
  type GemVersion,
  isGemVersion,
  isPessimistic,
  MAX_GEM_VERSION_LENGTH,
  toGemVersion,
} from "./version.ts";

type Operator = "=" | "!=" | ">=" | "<=" | "~>" | ">" | "<";

/** One comparison of a requirement: `>= 1.2`. */
export interface GemRequirement {
  readonly operator: Operator;
  readonly version: string;
}

const REQUIREMENT = /^\s*(=|!=|>=|<=|~>|>|<)?\s*(\S+)\s*$/;
const MAX_SPACES = 16;

/** A comparison as RubyGems writes it; without an operator it is `=`. `undefined` if it is none. */
export function parseGemRequirement(text: string): GemRequirement | undefined {
  const match = text.length > MAX_GEM_VERSION_LENGTH + MAX_SPACES ? null : REQUIREMENT.exec(text);
  const [, operator = "=", version = ""] = match ?? [];
  return isGemVersion(version) ? { operator: operator as Operator, version } : undefined;
}

/** The test that a version must pass (`Gem::Requirement::OPS`). */
export function toGemTest({ operator, version: text }: GemRequirement): (version: GemVersion) => boolean {
  const bound = toGemVersion(text);
  if (operator === "~>") {
    const next = bump(text);
    return (version) => isPessimistic(version, bound, next);
  }
  if (operator === "!=") return (version) => compareGemVersions(version, bound) !== 0;
  return (version) => {
    const order = compareGemVersions(version, bound);
    return operator.includes(order === 0 ? "=" : order < 0 ? "<" : ">");
  };
}
