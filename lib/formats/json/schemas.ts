import * as v from "valibot";
import { isObject } from "./bounded-json.ts";
import { expectedButGot } from "./check-json.ts";

/** An object, and no array: `v.object` accepts an array if none of its fields is required. */
const objectField = v.custom<unknown>(isObject, ({ input }) => expectedButGot("an object", input));

/** An object with at least these fields; the others are left out. */
export function objectOf<const Entries extends v.ObjectEntries>(entries: Entries) {
  return v.pipe(objectField, v.object(entries));
}

/** Names and values of an object. `__proto__` is left out: assigned to another object, it would replace what that inherits from. */
export const entriesField = v.pipe(
  objectField,
  v.transform((given) => Object.entries(given as Record<string, unknown>).filter(([name]) => name !== "__proto__")),
);

/**
 * An object with any names, counted before its values are checked. Not `v.record`, which also leaves out `constructor` and
 * `prototype`: both can be the name of a label or an annotation.
 */
export function recordOf<Value extends v.GenericSchema>(value: Value, max = Number.POSITIVE_INFINITY) {
  return v.pipe(
    entriesField,
    v.transform((entries) => new Map(entries)),
    v.maxSize(max),
    v.map(v.string(), value),
    v.transform((values): Record<string, v.InferOutput<Value>> => Object.fromEntries(values)),
  );
}

/** A list is counted before its elements are checked: each of a million wrong ones would be a separate fault. */
export function boundedList<Element extends v.GenericSchema>(element: Element, max: number) {
  return v.pipe(v.array(v.unknown()), v.maxLength(max), v.array(element));
}

/** The same for a list that may be missing or null, which is then empty. */
export function optionalList<Element extends v.GenericSchema>(element: Element, max: number) {
  return v.nullish(boundedList(element, max), []);
}

/** JSON has numbers that are too large for a double, such as 1e999, and are then infinite. */
export const numberField = v.pipe(v.number(), v.finite());

/** A size or a count: exact, and at least 0. */
export const countField = v.pipe(
  v.number(),
  v.check(isCount, ({ input }) => `expected an integer ≥ 0 and below 2^53, got ${input}`),
);

function isCount(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0;
}
