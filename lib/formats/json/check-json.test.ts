import * as v from "valibot";
import { describe, expect, it } from "vitest";
import { InputError } from "#lib/model/problem.ts";
import { checkJson } from "./check-json.ts";
import { boundedList, countField, entriesField, numberField, objectOf, optionalList, recordOf } from "./schemas.ts";

const check = <Schema extends v.GenericSchema>(schema: Schema, text: string) =>
  checkJson(schema, JSON.parse(text), (faults) => new InputError("bad-json", "x.json", faults));

function faultsOf(schema: v.GenericSchema, text: string): string {
  try {
    check(schema, text);
  } catch (error) {
    if (error instanceof InputError) return error.message;
    throw error;
  }
  return "";
}

describe("an error", () => {
  const schema = objectOf({
    name: v.string(),
    size: countField,
    ratio: numberField,
    tags: boundedList(v.pipe(v.string(), v.maxLength(3)), 2),
    kind: v.picklist(["a", "b"]),
    inner: objectOf({ isLast: v.boolean() }),
    list: v.array(v.string()),
  });

  it.each([
    ["{}", "name: missing; size: missing; ratio: missing; tags: missing; kind: missing; 2 more"],
    [
      '{"name":null,"size":-1}',
      "name: expected a string, got null; size: expected an integer ≥ 0 and below 2^53, got -1",
    ],
    [
      '{"name":1,"size":1.5}',
      "name: expected a string, got a number; size: expected an integer ≥ 0 and below 2^53, got 1.5",
    ],
    [
      '{"name":"","size":"1","ratio":1e999}',
      "size: expected a number, got a string; ratio: expected a number, got Infinity",
    ],
    ["[]", "document: expected an object, got an array"],
    ["null", "document: expected an object, got null"],
  ])("for %s names every wrong field", (text, message) => {
    expect(faultsOf(schema, text)).toContain(message);
  });

  it("says what was expected of each part", () => {
    const right = '"name":"n","size":1,"ratio":0.5';
    const wrong = `{${right},"tags":["1","2","3"],"kind":"c","inner":{"isLast":0},"list":{}}`;
    expect(faultsOf(schema, wrong)).toBe(
      [
        "tags: expected at most 2 elements, got 3",
        'kind: expected ("a" | "b"), got a string',
        "inner.isLast: expected true or false, got a number",
        "list: expected an array, got an object",
      ].join("; "),
    );
    expect(faultsOf(boundedList(v.pipe(v.string(), v.maxLength(3)), 2), '["four"]')).toBe(
      "0: expected at most 3 characters, got 4",
    );
  });

  it("names five faults and counts the others", () => {
    const text = JSON.stringify(new Array(5000).fill(1));
    expect(faultsOf(boundedList(v.string(), 5000), text)).toMatch(
      /^0: .*; 4: expected a string, got a number; 4,995 more$/,
    );
  });

  it("is short, however long the document's texts and names are", () => {
    const long = JSON.stringify("x".repeat(1_000_000));
    expect(faultsOf(boundedList(countField, 9), `[${new Array(9).fill(long).join()}]`).length).toBeLessThan(300);
    expect(faultsOf(recordOf(v.string()), `{${long}:1}`).length).toBeLessThan(250);
    expect(faultsOf(v.pipe(v.string(), v.url()), long).length).toBeLessThan(250);
  });
});

describe("a record", () => {
  it("keeps any name but __proto__, and changes no prototype", () => {
    const text = '{"__proto__":{"evil":"1"},"constructor":"c","prototype":"p","toString":"t"}';
    const record = check(recordOf(v.unknown()), text);
    expect(Object.entries(record)).toEqual([
      ["constructor", "c"],
      ["prototype", "p"],
      ["toString", "t"],
    ]);
    expect(Object.getPrototypeOf(record)).toBe(Object.prototype);
    expect(check(entriesField, text).map(([name]) => name)).toEqual(["constructor", "prototype", "toString"]);
    expect(faultsOf(recordOf(v.string()), '{"__proto__":1,"constructor":1}')).toBe(
      "constructor: expected a string, got a number",
    );
  });

  it("is counted before its values are checked", () => {
    expect(faultsOf(recordOf(v.string(), 2), '{"a":1,"b":1,"c":1}')).toBe("document: expected at most 2 names, got 3");
    expect(check(recordOf(v.string(), 2), '{"a":"1","b":"2"}')).toEqual({ a: "1", b: "2" });
  });
});

describe("an object", () => {
  it("is no array, even if it needs no field", () => {
    const schema = objectOf({ name: v.optional(v.string(), "none") });
    expect(check(schema, '{"other":1,"__proto__":{"name":"evil"}}')).toEqual({ name: "none" });
    expect(faultsOf(schema, "[]")).toBe("document: expected an object, got an array");
  });
});

describe("a list", () => {
  it("is counted before its elements are checked", () => {
    expect(faultsOf(boundedList(v.string(), 2), "[1,2,3]")).toBe("document: expected at most 2 elements, got 3");
  });

  it("may be missing or null if it is optional, and is then empty", () => {
    const schema = objectOf({ names: optionalList(v.string(), 2) });
    for (const text of ["{}", '{"names":null}', '{"names":[]}']) expect(check(schema, text)).toEqual({ names: [] });
    expect(faultsOf(schema, '{"names":"a"}')).toBe("names: expected an array, got a string");
  });
});

it.each(["0", "9007199254740991"])("a count may be %s", (text) => {
  expect(check(countField, text)).toBe(Number(text));
});

it.each(["-1", "0.5", "9007199254740992", "1e999"])("a count may not be %s", (text) => {
  expect(faultsOf(countField, text)).toMatch(/^document: expected /);
});
