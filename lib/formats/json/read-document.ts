import { type FaultList, quote } from "#lib/model/fault.ts";
import { InputError } from "#lib/model/problem.ts";
import { checkShape, isObject } from "./bounded-json.ts";

export interface DocumentLimits {
  readonly maxBytes: number;
  /** Values and names. */
  readonly maxValues: number;
}

/** The JSON of a file in an image, whose byte order mark is accepted, as by the tools that write it. `undefined` with a fault if it is none. */
export function readJsonDocument(
  body: Uint8Array,
  { maxBytes, maxValues }: DocumentLimits,
  faults: FaultList,
): unknown {
  if (body.length > maxBytes) {
    faults.addLimit("bytes", maxBytes);
    return undefined;
  }
  try {
    checkShape(body, "", { maxValues });
    return JSON.parse(new TextDecoder().decode(body));
  } catch (error) {
    if (error instanceof InputError) faults.add(`is ${error.message}`, error.code);
    // JSON.parse throws nothing else; its message quotes the input and gives the position.
    else faults.add(`is not JSON: ${error instanceof SyntaxError ? quote(error.message) : "unreadable"}`, "bad-json");
    return undefined;
  }
}

/** The same for a document that must be an object. */
export function readJsonObject(
  body: Uint8Array,
  limits: DocumentLimits,
  faults: FaultList,
): Record<string, unknown> | undefined {
  const json = readJsonDocument(body, limits, faults);
  if (isObject(json)) return json;
  if (faults.found.length === 0) faults.add("is not a JSON object", "bad-json");
  return undefined;
}
