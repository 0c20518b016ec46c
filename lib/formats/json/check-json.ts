import * as v from "valibot";
import { cutText } from "#lib/model/cut-text.ts";
import type { InputError } from "#lib/model/problem.ts";
import { isObject } from "./bounded-json.ts";

/** Faults named in one error. */
const MAX_NAMED_FAULTS = 5;

/** UTF-16 units kept of a field's path and of a fault: the names in a path come from the document. */
const MAX_FAULT_LENGTH = 128;

/** The checked value. Throws the error made of the wrong fields, each with its path and what was expected. */
export function checkJson<Schema extends v.GenericSchema>(
  schema: Schema,
  json: unknown,
  toError: (faults: string) => InputError,
): v.InferOutput<Schema> {
  const result = v.safeParse(schema, json, { abortPipeEarly: true });
  if (result.success) return result.output;
  const named = result.issues.slice(0, MAX_NAMED_FAULTS).map(formatFault);
  const more = result.issues.length - named.length;
  throw toError([...named, ...(more > 0 ? [`${more.toLocaleString("en-US")} more`] : [])].join("; "));
}

function formatFault(issue: v.BaseIssue<unknown>): string {
  const path = (issue.path ?? []).map(({ key }) => key).join(".");
  return `${cutText(path, MAX_FAULT_LENGTH) || "document"}: ${cutText(describeFault(issue), MAX_FAULT_LENGTH)}`;
}

/** In our words, without the value if it is a text: valibot's own message quotes it whole, and it may be megabytes long. */
function describeFault({ type, input, expected, requirement, received, path, message }: v.BaseIssue<unknown>): string {
  if (type === "object" && path?.at(-1)?.origin === "key") return "missing";
  if (type === "string") return expectedButGot("a string", input);
  if (type === "boolean") return expectedButGot("true or false", input);
  if (type === "array") return expectedButGot("an array", input);
  if (type === "number" || type === "finite") return expectedButGot("a number", input);
  if (type === "max_length") return `expected at most ${requirement} ${unitOf(input)}, got ${received}`;
  if (type === "max_size") return `expected at most ${requirement} names, got ${received}`;
  if (type === "literal" || type === "picklist") return expectedButGot(`${expected}`, input);
  return message;
}

function unitOf(input: unknown): string {
  return typeof input === "string" ? "characters" : "elements";
}

/** A fault in a value's type. */
export function expectedButGot(expected: string, input: unknown): string {
  return `expected ${expected}, got ${nameType(input)}`;
}

function nameType(input: unknown): string {
  if (Array.isArray(input)) return "an array";
  if (isObject(input)) return "an object";
  if (typeof input === "string") return input === "" ? "an empty string" : "a string";
  return typeof input === "number" && Number.isFinite(input) ? "a number" : String(input);
}
