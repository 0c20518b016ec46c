import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { FaultList } from "#lib/model/fault.ts";
import { eachParagraph, MAX_DATABASE_LENGTH, MAX_FIELD_LENGTH, MAX_FIELDS, MAX_PARAGRAPHS } from "./deb822.ts";

function parseDeb822(text: string) {
  const faults = new FaultList();
  return { value: [...eachParagraph(text, faults)], problems: faults.found };
}

function fieldsOf(text: string): Record<string, string>[] {
  return parseDeb822(text).value.map(({ fields }) => Object.fromEntries(fields));
}

describe("control files", () => {
  test("paragraphs end at blank lines, with or without blanks in them", () => {
    expect(fieldsOf("\n\nA: 1\n \t\n\nB: 2\n\n\n")).toEqual([{ a: "1" }, { b: "2" }]);
  });

  test("continuation lines belong to their field and keep their first blank", () => {
    expect(fieldsOf("Depends: a,\n b\n\tc\nX: 1")).toEqual([{ depends: "a,\n b\n\tc", x: "1" }]);
  });

  test("lines may end in CRLF", () => {
    expect(fieldsOf("A: 1\r\nB: 2\r\n c\r\n\r\nA: 3\r\n")).toEqual([{ a: "1", b: "2\n c" }, { a: "3" }]);
  });

  test("field names are case-insensitive, and a colon in a value belongs to the value", () => {
    expect(fieldsOf("PACKAGE:a:b")).toEqual([{ package: "a:b" }]);
  });

  test("a line that is not a field is reported with its number and does not lose the fields around it", () => {
    const { value, problems } = parseDeb822("A: 1\nasdf\n more of it\nB: 2\nA: again\n");
    expect(Object.fromEntries(value[0]!.fields)).toEqual({ a: "1", b: "2" });
    expect(problems.map(({ message }) => message)).toEqual([
      'line 2 is not a field: "asdf"',
      "line 3 continues no field",
      'line 5 repeats the field "A"',
    ]);
  });

  test("a paragraph knows its line", () => {
    expect(parseDeb822("\nA: 1\n\n\nB: 2").value.map(({ line }) => line)).toEqual([2, 5]);
  });
});

describe("limits", () => {
  test("a text over MAX_DATABASE_LENGTH is not read", () => {
    const { value, problems } = parseDeb822(`A: 1\n${"\n".repeat(MAX_DATABASE_LENGTH)}`);
    expect(value).toEqual([]);
    expect(problems.map(({ code }) => code)).toEqual(["limit-exceeded"]);
  });

  test("paragraphs after MAX_PARAGRAPHS are left out, and reported", () => {
    const { value, problems } = parseDeb822("A:1\n\n".repeat(MAX_PARAGRAPHS + 2));
    expect(value).toHaveLength(MAX_PARAGRAPHS);
    expect(problems.map(({ code }) => code)).toEqual(["limit-exceeded"]);
  });

  test("fields after MAX_FIELDS are left out, and reported", () => {
    const text = Array.from({ length: MAX_FIELDS + 1 }, (_, i) => `F${i}: 1`).join("\n");
    const { value, problems } = parseDeb822(text);
    expect(value[0]!.fields.size).toBe(MAX_FIELDS);
    expect(problems.map(({ code }) => code)).toEqual(["limit-exceeded"]);
  });

  test("a field over MAX_FIELD_LENGTH keeps the lines that fit, and is reported once", () => {
    const { value, problems } = parseDeb822(
      `A: 1\nB:\n${" xxxxxxx\n".repeat(MAX_FIELD_LENGTH / 8)}C:2\nD:${"d".repeat(MAX_FIELD_LENGTH)}`,
    );
    const { a, b, c, d } = Object.fromEntries(value[0]!.fields);
    expect([a, c, d]).toEqual(["1", "2", ""]);
    expect(b!.length).toBeLessThanOrEqual(MAX_FIELD_LENGTH);
    expect(b!.length).toBeGreaterThan(MAX_FIELD_LENGTH - 16);
    expect(problems.map(({ code }) => code)).toEqual(["limit-exceeded", "limit-exceeded"]);
  });
});

test("a written control file is read back", () => {
  const name = fc.stringMatching(/^[A-Z][a-z]{1,6}$/);
  const value = fc.stringMatching(/^[a-z0-9:.,|()]{1,12}$/);
  const paragraph = fc.uniqueArray(fc.tuple(name, value), { minLength: 1, maxLength: 5, selector: ([key]) => key });
  fc.assert(
    fc.property(fc.array(paragraph), (paragraphs) => {
      const text = paragraphs.map((fields) => fields.map(([key, given]) => `${key}: ${given}\n`).join("")).join("\n");
      const expected = paragraphs.map((fields) => fields.map(([key, given]) => [key.toLowerCase(), given]));
      expect(parseDeb822(text)).toMatchObject({ problems: [] });
      expect(parseDeb822(text).value.map(({ fields }) => [...fields])).toEqual(expected);
    }),
  );
});
