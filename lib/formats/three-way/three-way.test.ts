import fc from "fast-check";
import { expect, it } from "vitest";
import { naiveMerge } from "#testing/oracles/naive-merge.ts";
import {
  joinParagraphs,
  listFields,
  mergeFields,
  mergeLines,
  mergeRecords,
  splitParagraphs,
  type TextRecord,
} from "./index.ts";

const arbitraryRecords = fc.uniqueArray(
  fc.record({ key: fc.constantFrom("a", "b", "c", "d", "e"), text: fc.constantFrom("1", "2", "3") }),
  { selector: ({ key }) => key },
);
const arbitrarySides = fc.record({ base: arbitraryRecords, ours: arbitraryRecords, theirs: arbitraryRecords });

it("keeps of each key what the naive rule keeps, and finds the same conflicts", () => {
  fc.assert(
    fc.property(arbitrarySides, (sides) => {
      const { records, conflicts } = mergeRecords(sides, () => undefined);
      const naive = naiveMerge(sides);
      expect(new Set(records.map(({ key, text }) => `${key} ${text}`))).toEqual(naive.kept);
      expect(new Set(conflicts.map(({ key }) => key))).toEqual(naive.conflicts);
      expect(records).toHaveLength(naive.kept.size);
    }),
    { numRuns: 2000 },
  );
});

it("returns the other side, in its order, where one side changed nothing", () => {
  fc.assert(
    fc.property(arbitraryRecords, arbitraryRecords, (base, changed) => {
      const never = () => expect.unreachable();
      expect(mergeRecords({ base, ours: base, theirs: changed }, never).records).toEqual(changed);
      const { records } = mergeRecords({ base, ours: changed, theirs: base }, never);
      expect(new Set(records)).toEqual(new Set(changed));
    }),
  );
});

it("adds what only ours has behind theirs", () => {
  const line = (key: string): TextRecord => ({ key, text: key });
  const sides = { base: [line("m")], ours: [line("z"), line("m"), line("b")], theirs: [line("y"), line("m")] };
  expect(mergeRecords(sides, () => null).records.map(({ key }) => key)).toEqual(["y", "m", "z", "b"]);
});

it("keeps a key that one side has twice", () => {
  const twice = [
    { key: "a", text: "1" },
    { key: "a", text: "2" },
  ];
  expect(mergeRecords({ base: [], ours: twice, theirs: [] }, () => null).records).toEqual(twice);
});

it("merges lines as a set, and sorts them only if both sides are sorted", () => {
  expect(mergeLines({ base: "a\nc\n", ours: "a\nb\nc\n", theirs: "c\nd\n" })).toBe("b\nc\nd\n");
  expect(mergeLines({ base: "c\na\n", ours: "c\na\nb\n", theirs: "c\na\nA\n" })).toBe("c\na\nA\nb\n");
  expect(mergeLines({ base: "", ours: "", theirs: "" })).toBe("");
});

it("splits and joins paragraphs byte for byte", () => {
  const text = "Package: a\nDescription: b\n .\n c\n\nPackage: d\n\n";
  expect(splitParagraphs(text)).toEqual(["Package: a\nDescription: b\n .\n c", "Package: d"]);
  expect(joinParagraphs(splitParagraphs(text))).toBe(text);
  expect(splitParagraphs("\n\na\n \t\n\n\nb")).toEqual(["a", "b"]);
  expect(splitParagraphs("")).toEqual([]);
});

it("keeps continuation lines with their field, and merges fields that one side changed", () => {
  const base = "Package: a\nStatus: install ok installed\nVersion: 1\nConffiles:\n /etc/a 00";
  const ours = base.replace("install ok", "hold ok");
  const theirs = base.replace("Version: 1", "Version: 2").replace(" 00", " 11");
  expect(listFields(base).map(({ key }) => key)).toEqual(["package", "status", "version", "conffiles"]);
  expect(mergeFields({ base, ours, theirs }, () => undefined)).toBe(theirs.replace("install ok", "hold ok"));
  const other = base.replace("Version: 1", "Version: 3");
  expect(mergeFields({ base, ours: other, theirs }, () => undefined)).toBeUndefined();
  expect(mergeFields({ base, ours: other, theirs }, ({ theirs: field }) => field)).toBe(theirs);
});

it("splits a megabyte of line ends and blanks in linear time", () => {
  expect(splitParagraphs("\n ".repeat(500_000))).toEqual([]);
  expect(splitParagraphs(`a\n${" ".repeat(1_000_000)}b`)).toHaveLength(1);
});
