import { describe, expect, test } from "vitest";
import { FaultList } from "#lib/model/fault.ts";
import { type Clause, MAX_CLAUSE_LENGTH, MAX_CLAUSES, parseRelations, satisfiesVersion } from "./relations.ts";

function parse(field: string): { clauses: Clause[]; faults: string[] } {
  const faults = new FaultList();
  const clauses = parseRelations(field, "it", faults);
  return { clauses, faults: faults.found.map(({ message }) => message) };
}

describe("relations", () => {
  test("clauses, alternatives, versions and architectures are separated (Policy 7.1)", () => {
    const { clauses, faults } = parse("libc6 (>= 2.38), a | b:any (<<1:2~), c:i386(=3)");
    expect(faults).toEqual([]);
    expect(clauses.map(({ text }) => text)).toEqual(["libc6 (>= 2.38)", "a | b:any (<<1:2~)", "c:i386(=3)"]);
    expect(clauses.flatMap(({ alternatives }) => alternatives)).toEqual([
      { name: "libc6", arch: "", operator: ">=", version: "2.38" },
      { name: "a", arch: "", operator: undefined, version: "" },
      { name: "b", arch: "any", operator: "<<", version: "1:2~" },
      { name: "c", arch: "i386", operator: "=", version: "3" },
    ]);
  });

  test("a clause folded over lines is shown as one line", () => {
    expect(parse("a,\n b\n   | c\n").clauses.map(({ text }) => text)).toEqual(["a", "b | c"]);
  });

  test("an unreadable clause is reported, and the others are kept", () => {
    const { clauses, faults } = parse("a, b (2), c |, ../d, e");
    expect(clauses.map(({ text }) => text)).toEqual(["a", "e"]);
    expect(faults).toHaveLength(3);
  });

  test("clauses after MAX_CLAUSES and clauses over MAX_CLAUSE_LENGTH are left out, and reported", () => {
    const many = parse("a,".repeat(MAX_CLAUSES + 5));
    expect([many.clauses.length, many.faults.length]).toEqual([MAX_CLAUSES, 1]);
    const long = parse(`a${"b".repeat(MAX_CLAUSE_LENGTH)}, c`);
    expect([long.clauses.length, long.faults.length]).toEqual([1, 1]);
  });
});

describe("versions a relation allows", () => {
  test.each([
    ["<< 2", [true, false, false]],
    ["<= 2", [true, true, false]],
    ["= 2", [false, true, false]],
    [">= 2", [false, true, true]],
    [">> 2", [false, false, true]],
    ["< 2", [true, true, false]],
    ["> 2", [false, true, true]],
  ])("%s of 1, 2 and 3", (relation, expected) => {
    const wanted = parse(`a (${relation})`).clauses[0]!.alternatives[0]!;
    expect(["1", "2", "3"].map((version) => satisfiesVersion(version, wanted))).toEqual(expected);
  });
});
