import { comparePacmanVersions } from "./version.ts";

/** UTF-16 units of one dependency or provided name. */
export const MAX_PACMAN_DEPENDENCY = 1024;

/** `name`, `name>=1.2`, `libz.so=1-64`; also a provided name. */
export interface PacmanDependency {
  /** As written. */
  readonly text: string;
  readonly name: string;
  readonly operator: "" | "<" | "<=" | "=" | ">=" | ">";
  readonly version: string;
}

const DEPENDENCY = /^([^<>=]+)(?:([<>]=?|=)(.+))?$/s;

/** `undefined` if the text is none. */
export function parsePacmanDependency(text: string): PacmanDependency | undefined {
  const match = text.length > MAX_PACMAN_DEPENDENCY ? null : DEPENDENCY.exec(text);
  if (match === null) return undefined;
  const [, name = "", operator = "", version = ""] = match;
  return { text, name, operator: operator as PacmanDependency["operator"], version };
}

/** Whether a version satisfies the dependency; `undefined`: a name provided without one, or not with `=`. */
export function satisfiesPacmanVersion(version: string | undefined, { operator, version: wanted }: PacmanDependency) {
  if (operator === "") return true;
  if (version === undefined) return false;
  const order = comparePacmanVersions(version, wanted);
  if (order === 0) return operator.includes("=");
  return operator.startsWith(order < 0 ? "<" : ">");
}
