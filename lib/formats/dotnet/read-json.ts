import type { FaultList } from "#lib/model/fault.ts";
import { isObject, readJsonObject } from "../json/index.ts";

/** Bytes of one `.deps.json`: that of an SDK has 1 MiB. */
export const MAX_DEPS_BYTES = 8 * 1024 ** 2;
/** Values and names in one document. */
export const MAX_DEPS_VALUES = 400_000;
/** UTF-16 units of a name and of a version. */
export const MAX_DOTNET_TEXT = 256;

/** The JSON object of a document, `undefined` with a fault if it is none. */
export function readDotnetJson(body: Uint8Array, faults: FaultList): Record<string, unknown> | undefined {
  return readJsonObject(body, { maxBytes: MAX_DEPS_BYTES, maxValues: MAX_DEPS_VALUES }, faults);
}

/** The member of this name, if it is an object; else an empty one. */
export function objectOf(json: unknown, name: string): Record<string, unknown> {
  const member = isObject(json) && Object.hasOwn(json, name) ? json[name] : undefined;
  return isObject(member) ? member : {};
}

/** The member of this name, if it is a text. */
export function textOf(json: unknown, name: string): string | undefined {
  const member = isObject(json) && Object.hasOwn(json, name) ? json[name] : undefined;
  return typeof member === "string" && member.length <= MAX_DOTNET_TEXT ? member : undefined;
}
