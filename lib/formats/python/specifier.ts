import {
  comparePythonVersions,
  formatPythonVersion,
  MAX_VERSION_LENGTH,
  type PythonVersion,
  parsePythonVersion,
  toBaseVersion,
} from "./version.ts";

/** Clauses of one set of specifiers: `>=1,!=1.3.*,<2`. */
export const MAX_CLAUSES = 64;

/** One clause of a version specifier (PEP 440, "Version specifiers"). */
export interface PythonSpecifier {
  readonly operator: string;
  /** As written, without `.*`. */
  readonly text: string;
  /** `undefined` for `===`, which compares texts. */
  readonly version: PythonVersion | undefined;
  /** `==1.2.*` and `!=1.2.*`. */
  readonly isPrefix: boolean;
}

const CLAUSE = /^\s*(===|==|~=|!=|<=|>=|<|>)\s*(\S+)\s*$/;

/** A clause, or `undefined` if the text is none. */
export function parseSpecifier(text: string): PythonSpecifier | undefined {
  const [, operator = "", written = ""] = text.length > MAX_VERSION_LENGTH ? [] : (CLAUSE.exec(text) ?? []);
  if (operator === "===") return { operator, text: written, version: undefined, isPrefix: false };
  const isPrefix = written.endsWith(".*");
  const version = parsePythonVersion(isPrefix ? written.slice(0, -2) : written);
  if (version === undefined || !allows(operator, version, isPrefix)) return undefined;
  return { operator, text: written, version, isPrefix };
}

/** Only `==` and `!=` take `.*`, after nothing but a release, and local versions; `~=` needs two parts. */
function allows(operator: string, { release, pre, post, dev, local }: PythonVersion, isPrefix: boolean): boolean {
  const isEquality = operator === "==" || operator === "!=";
  if (isPrefix) return isEquality && [pre, post, dev, local].every((part) => part === undefined);
  return (isEquality || local === undefined) && (operator !== "~=" || release.length > 1);
}

/** The clauses of `>=1,<2`; an empty text has none. `undefined` if one of them is wrong, or if there are too many. */
export function parseSpecifiers(text: string): PythonSpecifier[] | undefined {
  const parts = text.split(",", MAX_CLAUSES + 1).filter((part) => part.trim() !== "");
  const clauses = parts.map(parseSpecifier);
  if (parts.length > MAX_CLAUSES || clauses.includes(undefined)) return undefined;
  return clauses.filter((clause) => clause !== undefined);
}

/** Whether an installed version satisfies all clauses. Pre-releases count: it is installed already. */
export function satisfiesPython(version: PythonVersion, clauses: readonly PythonSpecifier[]): boolean {
  return clauses.every((clause) => satisfies(version, clause));
}

function satisfies(found: PythonVersion, { operator, text, version, isPrefix }: PythonSpecifier): boolean {
  if (version === undefined) return formatPythonVersion(found).toLowerCase() === text.toLowerCase();
  const order = comparePythonVersions(withoutLocal(found), version);
  switch (operator) {
    case "==":
      return isPrefix ? hasPrefix(found, version, version.release.length) : equals(found, version);
    case "!=":
      return !(isPrefix ? hasPrefix(found, version, version.release.length) : equals(found, version));
    case "~=":
      return order >= 0 && hasPrefix(found, version, version.release.length - 1);
    case "<=":
      return order <= 0;
    case ">=":
      return order >= 0;
    case "<":
      return isBefore(found, version);
    default:
      return isAfter(found, version);
  }
}

function withoutLocal(version: PythonVersion): PythonVersion {
  return { ...version, local: undefined };
}

/** A clause without a local version ignores that of the installed one. */
function equals(found: PythonVersion, version: PythonVersion): boolean {
  return comparePythonVersions(version.local === undefined ? withoutLocal(found) : found, version) === 0;
}

/** The first `count` numbers of the release are the same. */
function hasPrefix(found: PythonVersion, version: PythonVersion, count: number): boolean {
  if (found.epoch !== version.epoch) return false;
  return version.release.slice(0, count).every((part, i) => part === (found.release[i] ?? "0"));
}

/** `<1` excludes the pre-releases of 1, unless it names one. */
function isBefore(found: PythonVersion, version: PythonVersion): boolean {
  if (comparePythonVersions(found, version) >= 0) return false;
  return isPreRelease(version) || !isPreRelease(found) || !hasSameBase(found, version);
}

/** `>1` excludes the post-releases of 1, unless it names one, and its local versions. */
function isAfter(found: PythonVersion, version: PythonVersion): boolean {
  if (comparePythonVersions(found, version) <= 0) return false;
  if (!hasSameBase(found, version)) return true;
  return (version.post !== undefined || found.post === undefined) && found.local === undefined;
}

function isPreRelease({ pre, dev }: PythonVersion): boolean {
  return pre !== undefined || dev !== undefined;
}

function hasSameBase(a: PythonVersion, b: PythonVersion): boolean {
  return comparePythonVersions(toBaseVersion(a), toBaseVersion(b)) === 0;
}
