import fc from "fast-check";
import { expect, it } from "vitest";
import { MAX_JSON_BYTES, MAX_JSON_DEPTH, parseBoundedJson } from "./bounded-json.ts";

const parse = (text: string) => parseBoundedJson(Buffer.from(text), "manifest.json");
const nested = (depth: number) => `${"[".repeat(depth)}${"]".repeat(depth)}`;
const refusal = (message: RegExp) =>
  expect.objectContaining({ code: "bad-json", place: "manifest.json", message: expect.stringMatching(message) });

it("reads the same as JSON.parse", () => {
  fc.assert(
    fc.property(fc.json(), (text) => {
      expect(parse(text)).toEqual(JSON.parse(text));
    }),
  );
});

it("refuses a document nested deeper than its limit", () => {
  expect(parse(nested(MAX_JSON_DEPTH))).toBeInstanceOf(Array);
  expect(() => parse(nested(MAX_JSON_DEPTH + 1))).toThrow(refusal(/deep/));
  expect(() => parse(`${'{"a":'.repeat(1000)}1${"}".repeat(1000)}`)).toThrow(refusal(/deep/));
});

it("does not count brackets in strings, including after escaped quotes", () => {
  const text = `["${"[{".repeat(1000)}", "\\"${"[".repeat(1000)}"]`;
  expect(parse(text)).toHaveLength(2);
});

it("refuses a document longer than its limit before parsing it", () => {
  expect(() => parseBoundedJson(new Uint8Array(MAX_JSON_BYTES + 1), "manifest.json")).toThrow(refusal(/the limit is/));
  expect(() => parseBoundedJson(Buffer.from("[1,2]"), "manifest.json", { maxBytes: 4 })).toThrow(
    refusal(/the limit is 4/),
  );
});

it.each(["", "{", '{"a":1,}', "nul", '"open', "[1] x"])("refuses %j", (text) => {
  expect(() => parse(text)).toThrow(refusal(/not valid JSON/));
});

it("refuses bytes that are not UTF-8", () => {
  expect(() => parseBoundedJson(Uint8Array.of(0x22, 0xff, 0x22), "manifest.json")).toThrow(refusal(/not valid JSON/));
});

it("skips a byte order mark", () => {
  expect(parse("\uFEFF{}")).toEqual({});
});
