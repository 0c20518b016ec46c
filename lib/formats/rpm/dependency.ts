import { compareEpochs, compareRpmVersions, splitEvr } from "./version.ts";

/** The comparisons of rpm's sense flags: `RPMSENSE_LESS`, `RPMSENSE_GREATER`, `RPMSENSE_EQUAL`. */
const Sense = { less: 2, greater: 4, equal: 8 } as const;

/** A requirement or a provided capability: `name`, `name >= 1:2.0-3`. A rich requirement is a name in parentheses. */
export interface RpmDependency {
  readonly name: string;
  /** The comparisons together, as bits of rpm's flags; 0 for any version. */
  readonly sense: number;
  /** `[epoch:]version[-release]`, "" if there is none. */
  readonly version: string;
}

const OPERATORS: Readonly<Record<number, string>> = {
  [Sense.less]: "<",
  [Sense.less | Sense.equal]: "<=",
  [Sense.equal]: "=",
  [Sense.greater | Sense.equal]: ">=",
  [Sense.greater]: ">",
};

const SENSES: ReadonlyMap<string, number> = new Map([
  ...Object.entries(OPERATORS).map(([sense, operator]) => [operator, Number(sense)] as const),
  ["==", Sense.equal],
]);

/** The comparisons among a dependency's flags. */
export function senseOf(flags: number): number {
  return flags & (Sense.less | Sense.greater | Sense.equal);
}

/** The sense of `<`, `<=`, `=`, `==`, `>=` or `>`; 0 for any other word. */
export function parseOperator(word: string): number {
  return SENSES.get(word) ?? 0;
}

/** As rpm prints it: `name >= 1.0`. */
export function formatRpmDependency({ name, sense, version }: RpmDependency): string {
  const operator = OPERATORS[sense];
  return operator === undefined || version === "" ? name : `${name} ${operator} ${version}`;
}

/**
 * Whether a provided capability of the same name satisfies a requirement, as `rpmdsCompare()` decides: if either has no version,
 * it does; else if the two ranges overlap.
 */
export function satisfiesRpm(provided: RpmDependency, wanted: RpmDependency): boolean {
  if (provided.sense === 0 || wanted.sense === 0 || provided.version === "" || wanted.version === "") return true;
  const [a, b] = [splitEvr(provided.version), splitEvr(wanted.version)];
  const versions = compareEpochs(a.epoch, b.epoch) || compareRpmVersions(a.version, b.version);
  if (versions !== 0) return overlap(versions, provided.sense, wanted.sense);
  // "= 1" without a release includes every release of 1, so it meets any range around one of them.
  const open = a.release === "" ? provided : wanted;
  const isOpen = (a.release === "") !== (b.release === "");
  if (isOpen) return (open.sense & Sense.equal) !== 0 || overlap(0, provided.sense, wanted.sense);
  return overlap(compareRpmVersions(a.release, b.release), provided.sense, wanted.sense);
}

/** Whether two ranges overlap, by the order of the versions that they begin or end with. */
function overlap(order: number, provided: number, wanted: number): boolean {
  if (order < 0) return (provided & Sense.greater) !== 0 || (wanted & Sense.less) !== 0;
  if (order > 0) return (provided & Sense.less) !== 0 || (wanted & Sense.greater) !== 0;
  return (provided & wanted) !== 0;
}
