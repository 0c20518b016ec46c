import type { Fault } from "#lib/model/fault.ts";

/** UTF-16 units of a value. */
const MAX_RELEASE_VALUE = 200;

/** What a Java runtime says of itself. */
export interface JavaRelease {
  readonly version: string;
  /** Who built it; "" if it does not say so. */
  readonly vendor: string;
}

/** The `release` file of a Java runtime; `undefined`, which is no fault, for another file of this name. */
export function parseJavaRelease(text: string): { value: JavaRelease | undefined; problems: Fault[] } {
  const find = (key: string) => new RegExp(`^${key}="([^"\\n]{1,${MAX_RELEASE_VALUE}})"`, "m").exec(text)?.[1] ?? "";
  const version = find("JAVA_RUNTIME_VERSION") || find("JAVA_VERSION");
  return { value: version === "" ? undefined : { version, vendor: find("IMPLEMENTOR") }, problems: [] };
}
