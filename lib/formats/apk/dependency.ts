import { type Fault, FaultList, quote } from "#lib/model/fault.ts";
import { compareApkVersions, matchesFuzzily } from "./version.ts";

/** UTF-16 units of one word of `D:`, `p:` or the world. `so:` names reach about 100. */
export const MAX_DEPENDENCY_LENGTH = 1024;
/** Words in etc/apk/world. */
export const MAX_WORLD = 100_000;

/** `name`, `so:libz.so.1`, `cmd:sh`, `name>=1.2`, `name~1.2`, `!name`; also a provided name (`so:libz.so.1=1.3`). */
export interface ApkDependency {
  /** As written. */
  readonly text: string;
  /** `!name`: must not be installed. */
  readonly conflict: boolean;
  readonly name: string;
  /** Any of `<`, `=`, `>`, `~` together, in that order; "" for any version. */
  readonly operator: string;
  readonly version: string;
}

// A name ends at the first comparison sign; a repository's tag is between the two (apk-world(5)).
const DEPENDENCY = /^(!?)([^\s<>=~@]+)(?:@([^\s<>=~@]+))?(?:([<>=~]{1,3})([^\s<>=~]\S*))?$/;

/** The dependency in one word, or `undefined` if there is none. */
export function parseDependency(text: string): ApkDependency | undefined {
  const match = text.length > MAX_DEPENDENCY_LENGTH ? null : DEPENDENCY.exec(text);
  if (match === null) return undefined;
  const operator = ["<", "=", ">", "~"].filter((sign) => match[4]?.includes(sign)).join("");
  return { text, conflict: match[1] === "!", name: match[2]!, operator, version: match[5] ?? "" };
}

/** `etc/apk/world`: the explicitly installed packages, separated by blanks or line ends (apk-world(5)). */
export function parseWorld(text: string): { value: ApkDependency[]; problems: Fault[] } {
  const faults = new FaultList();
  const value: ApkDependency[] = [];
  for (const [word] of text.matchAll(/\S+/g)) {
    if (value.length === MAX_WORLD) {
      faults.addLimit("words", MAX_WORLD);
      break;
    }
    const dependency = parseDependency(word);
    if (dependency === undefined) faults.add(() => `${quote(word)} is not a dependency`);
    else value.push(dependency);
  }
  return { value, problems: faults.found };
}

/**
 * Whether a provider of this version satisfies the dependency. `undefined`, a name provided without a version, satisfies only a
 * dependency without one. `><` compares a checksum of the package's control part, which is not in the database: taken as
 * satisfied.
 */
export function satisfiesApkVersion(version: string | undefined, wanted: ApkDependency): boolean {
  if (wanted.operator === "" || wanted.operator === "<>") return true;
  if (version === undefined) return false;
  if (wanted.operator.includes("~") && matchesFuzzily(version, wanted.version)) return true;
  const order = compareApkVersions(version, wanted.version);
  if (order < 0) return wanted.operator.includes("<");
  if (order > 0) return wanted.operator.includes(">");
  return wanted.operator.includes("=");
}
