import { type Fault, FaultList } from "#lib/model/fault.ts";
import { isObject } from "../json/index.ts";
import { readJson, readLinks } from "./read-json.ts";

/**
 * The packages that a project's composer.json asks for, those for its development included: if they are there, they were
 * installed on request. `undefined` if it is not a JSON object.
 */
export function parseComposerJson(body: Uint8Array): { value: string[] | undefined; problems: Fault[] } {
  const faults = new FaultList();
  const json = readJson(body, faults);
  if (!isObject(json)) {
    if (faults.found.length === 0) faults.add("is not a JSON object", "bad-json");
    return { value: undefined, problems: faults.found };
  }
  const links = [json.require, json["require-dev"]].flatMap((each) => readLinks(each, faults));
  return { value: links.map(({ name }) => name), problems: faults.found };
}
