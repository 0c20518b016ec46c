import { type FaultList, quote } from "#lib/model/fault.ts";
import { compareDebVersions } from "./version.ts";

/** Clauses in one field; the longest in Debian 13 has about 700. */
export const MAX_CLAUSES = 10_000;
/** UTF-16 units of one clause with all its alternatives. It is shown as an edge's detail. */
export const MAX_CLAUSE_LENGTH = 4096;

export type Operator = "<<" | "<=" | "=" | ">=" | ">>";

/** One package that satisfies a clause: `libc6:any (>= 2.38)`. */
export interface Alternative {
  readonly name: string;
  /** The architecture after the colon, "" if there is none. */
  readonly arch: string;
  readonly operator: Operator | undefined;
  readonly version: string;
}

/** The text between two commas: any of its alternatives satisfies it (Debian Policy 7.1). */
export interface Clause {
  /** As written, blanks folded. */
  readonly text: string;
  readonly alternatives: readonly Alternative[];
}

// Each part starts with a character that the part before it cannot contain: no input makes this backtrack beyond a blank.
const ALTERNATIVE =
  /^([A-Za-z0-9][A-Za-z0-9+._-]*)(?::([A-Za-z0-9-]+))?\s*(?:\(\s*(<<|<=|=|>=|>>|<|>)\s*([^\s()]+)\s*\))?$/;

/** Parses `Depends`, `Pre-Depends` and `Provides` of `name`. An unreadable clause is reported and left out. */
export function parseRelations(field: string, name: string, faults: FaultList): Clause[] {
  const value: Clause[] = [];
  for (const raw of field.split(",")) {
    const text = raw.trim().replace(/\s+/g, " ");
    if (text === "") continue;
    if (value.length === MAX_CLAUSES) {
      faults.addLimit(`clauses in a field of ${name}`, MAX_CLAUSES);
      break;
    }
    const alternatives = text.length > MAX_CLAUSE_LENGTH ? undefined : parseAlternatives(text);
    if (alternatives !== undefined) value.push({ text, alternatives });
    else faults.add(() => `${name}: ${quote(text)} is not a relation`);
  }
  return value;
}

function parseAlternatives(clause: string): Alternative[] | undefined {
  const found: Alternative[] = [];
  for (const text of clause.split("|")) {
    const match = ALTERNATIVE.exec(text.trim());
    if (match === null) return undefined;
    found.push({ name: match[1]!, arch: match[2] ?? "", operator: toOperator(match[3]), version: match[4] ?? "" });
  }
  return found;
}

/** `<` and `>` are old spellings of `<=` and `>=` (Debian Policy 7.1). */
function toOperator(spelled: string | undefined): Operator | undefined {
  if (spelled === "<" || spelled === "<=") return "<=";
  if (spelled === ">" || spelled === ">=") return ">=";
  return spelled === "<<" || spelled === "=" || spelled === ">>" ? spelled : undefined;
}

/** Whether the alternative allows a version. An alternative without a version allows all. */
export function satisfiesVersion(version: string, wanted: Alternative): boolean {
  if (wanted.operator === undefined) return true;
  const order = compareDebVersions(version, wanted.version);
  switch (wanted.operator) {
    case "<<":
      return order < 0;
    case "<=":
      return order <= 0;
    case "=":
      return order === 0;
    case ">=":
      return order >= 0;
    case ">>":
      return order > 0;
  }
}
