import { type Fault, FaultList } from "#lib/model/fault.ts";
import { objectOf, readDotnetJson, textOf } from "./read-json.ts";

/** Frameworks of one application: a web application has two. */
export const MAX_FRAMEWORKS = 20;

/** A shared framework that an application runs on. */
export interface FrameworkReference {
  readonly name: string;
  readonly version: string;
}

/** The shared frameworks that a `.runtimeconfig.json` asks for; none of an application that brings its own. */
export function parseRuntimeConfig(body: Uint8Array): { value: FrameworkReference[]; problems: Fault[] } {
  const faults = new FaultList();
  const options = objectOf(readDotnetJson(body, faults), "runtimeOptions");
  const { frameworks } = options;
  const listed: readonly unknown[] = Array.isArray(frameworks) ? frameworks : [options.framework];
  if (listed.length > MAX_FRAMEWORKS) faults.addLimit("frameworks", MAX_FRAMEWORKS);
  const value = listed.slice(0, MAX_FRAMEWORKS).flatMap((each) => {
    const name = textOf(each, "name") ?? "";
    return name === "" ? [] : [{ name, version: textOf(each, "version") ?? "" }];
  });
  return { value, problems: faults.found };
}
